using BenchmarkDotNet.Running;
using NesActors.Benchmarks.Limits;

// "limits" sets the suite beside the machine's RSA in a few seconds; anything else is for BenchmarkDotNet (--filter '*', --list flat).
if (args is ["limits", ..]) return RsaLimits.Run(args[1..]);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;

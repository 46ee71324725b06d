using BenchmarkDotNet.Running;
using NesActors.Benchmarks.Limits;
using NesActors.Benchmarks.Storage;

// "limits" sets the suite beside the machine's RSA in a few seconds, "store" measures the durable store; anything else is for BenchmarkDotNet (--filter '*', --list flat).
if (args is ["limits", ..]) return RsaLimits.Run(args[1..]);
if (args is ["store", ..]) return await StoreRate.RunAsync(args[1..]);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;

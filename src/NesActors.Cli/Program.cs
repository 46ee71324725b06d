using NesActors.Cli;

// Akka compiles a regular expression when it starts; interpreting it instead is 14 to 40 ms faster, which counts for what sends once and ends.
// A directory (nes up, nes directory) needs code made at run time: its data access does that.
if (args.Contains("send") && !args.Contains("up") && !args.Contains("directory"))
{
    AppContext.SetSwitch("System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported", false);
}

using var interruption = new Interruption();
return await Cli.RunAsync(args, CliEnvironment.OfProcess(), interruption.Token);

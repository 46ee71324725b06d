using NesActors.Cli;

// Akka compiles a regular expression when it starts; interpreting it instead is 14 to 40 ms faster, which counts for what sends once and ends.
// A directory and a gateway need code made at run time, for their data access; `nes tokens create bot --scope send` is one of theirs.
string[] makeCode = ["up", "directory", "serve", "tokens", "webhooks"];
if (args.Contains("send") && !args.Any(makeCode.Contains))
{
    AppContext.SetSwitch("System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported", false);
}

using var interruption = new Interruption();
return await Cli.RunAsync(args, CliEnvironment.OfProcess(), interruption.Token);

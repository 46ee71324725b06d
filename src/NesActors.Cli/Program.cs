using NesActors.Cli;
using NesActors.Cli.Hosting;
using NesActors.Contracts;

using var interruption = new Interruption();
var environment = CliEnvironment.OfProcess();
var first = MessageId.New(TimeProvider.System);
if (HandOver.TryRun(args, environment, first, interruption.Token) is { } exitCode) return exitCode;

StartQuickly(args);
// No asynchronous entry: what starts it would be compiled at each start.
return Cli.RunAsync(args, environment.WithConsole() with { FirstMessage = first }, interruption.Token).GetAwaiter().GetResult();

// Akka compiles a regular expression when it starts; interpreting it instead is 14 to 40 ms faster, which counts for what sends once and ends.
// A directory and a gateway need code made at run time, for their data access; `nes tokens create bot --scope send` is one of theirs.
static void StartQuickly(string[] args)
{
    string[] makeCode = ["up", "directory", "serve", "tokens", "webhooks"];
    if (args.Contains("send") && !args.Any(makeCode.Contains)) AppContext.SetSwitch("System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported", false);
}

using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Cli.Up;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands;

/// <summary><c>nes up</c>: a whole network in one process, and with <c>--demo</c> two people who talk in it.</summary>
internal static class UpCommand
{
    public static Command Create(CommandContext context)
    {
        var data = new Option<string>("--data") { HelpName = "FOLDER", Description = "Where keys and state lie; default: a temporary folder, removed at the end" };
        var brokerPort = Port("--broker-port", "Port of the broker; default: any free one");
        var directoryPort = Port("--directory-port", "Port of the key directory; default: any free one");
        var demo = new Option<bool>("--demo") { Description = "Let alice and bob talk, and show each step" };
        var exit = new Option<bool>("--exit") { Description = "End after the demo; with it, the exit code tells whether it worked" };
        var command = new Command("up", "Run a whole network here: broker, key directory, and with --demo two people who talk")
        { data, brokerPort, directoryPort, demo, exit, context.Options.Json };
        command.Checks(result =>
        {
            if (result.GetValue(exit) && !result.GetValue(demo)) result.AddError("--exit ends after the demo: it needs --demo");
            if (result.GetValue(context.Options.Json) && result.GetValue(demo)) result.AddError("Expected --json or --demo, not both: the demo is for people");
        });
        return context.Bind(command, async (run, cancellation) =>
        {
            var output = run.IsJson ? TextWriter.Null : TextWriter.Synchronized(run.Out);
            using var folder = DataFolder.Open(run.Get(data));
            await using var network = await LocalNetwork.StartAsync(folder.Path, run.Get(brokerPort), run.Get(directoryPort), run, output, cancellation);
            await using var people = new DemoPeople();
            if (run.Get(demo)) await new Demo(network, run, output, people).RunAsync(cancellation);
            if (run.Get(exit)) return ExitCode.Done;

            if (run.IsJson) TellParts(network, run);
            JoinText.Write(network, talksTo: run.Get(demo) ? "alice" : null, output);
            await Task.WhenAny(Waiting.UntilCancelledAsync(cancellation), people.AnswerAsync(output, cancellation)).Unwrap();
            return ExitCode.Done;
        });
    }

    private static void TellParts(LocalNetwork network, Invocation run)
    {
        run.Tell([], ("kind", "broker"), ("value", network.Transport.Address.ToString()));
        run.Tell([], ("kind", "directory"), ("value", network.Directory.ToString()));
        run.Tell([], ("kind", "public_key"), ("value", network.DirectoryKeyFile));
        run.Out.Flush();
    }

    private static Option<int> Port(string name, string description)
    {
        var option = new Option<int>(name) { HelpName = "PORT", Description = description };
        option.Between(0, 65535, "");
        return option;
    }
}

using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands;

/// <summary>Hands a session to the front-end plugin that serves a verb.</summary>
internal static class FrontEndCommand
{
    /// <summary>Runs until the person leaves.</summary>
    public static async Task<int> RunAsync(Invocation run, string verb, Username? peer, bool json, bool quiet, CancellationToken cancellation)
    {
        var factory = run.Session();
        var frontEnd = factory.Catalog.FrontEnd(verb);
        // Also where another process runs the session: should that end, nobody can be asked in the middle of a chat.
        factory.Unlock();
        var shared = new SharedSession(run, new OwnerSearch(run) { Quiet = quiet }, async (held, stop) => await factory.StartAsync(held, stop));
        await using var messenger = await shared.OpenAsync(cancellation);
        var console = new FrontEndConsole(run.Environment.In.Value, run.Out, run.Error, run.Environment.IsInteractive);
        var request = new FrontEndRequest(verb, console) { Peer = peer, Json = json, Quiet = quiet, Clock = run.Environment.Clock };
        return await frontEnd.RunAsync(request, messenger, cancellation);
    }
}

/// <summary><c>nes run</c>: any verb of any front-end plugin, those that have no command of their own too.</summary>
internal static class RunCommand
{
    public static Command Create(CommandContext context)
    {
        var verb = new Argument<string>("verb") { Description = "What the plugin provides; see: nes plugins" };
        var to = new Option<string>("--to", "-t") { HelpName = "USER", Description = "With whom" };
        var json = CommonOptions.Json();
        var quiet = CommonOptions.Quiet();
        var command = new Command("run", "Run a front-end plugin") { verb, to, json, quiet };
        return context.Bind(command, (run, cancellation) =>
        {
            Username? peer = run.Get(to) is { } name ? CommonOptions.ParseUser(name) : null;
            return FrontEndCommand.RunAsync(run, run.Get(verb)!, peer, run.Get(json), run.Get(quiet), cancellation);
        });
    }
}

/// <summary><c>nes listen</c>: shows what arrives.</summary>
internal static class ListenCommand
{
    public static Command Create(CommandContext context)
    {
        var json = CommonOptions.Json();
        var quiet = CommonOptions.Quiet();
        var command = new Command("listen", "Listen to messages") { json, quiet };
        return context.Bind(command, (run, cancellation) => FrontEndCommand.RunAsync(run, "listen", null, run.Get(json), run.Get(quiet), cancellation));
    }
}

/// <summary><c>nes chat</c>: talks with somebody.</summary>
internal static class ChatCommand
{
    public static Command Create(CommandContext context)
    {
        var to = new Option<string>("--to", "-t") { Required = true, HelpName = "USER", Description = "With whom" };
        var json = CommonOptions.Json();
        var quiet = CommonOptions.Quiet();
        var command = new Command("chat", "Interactive chat with recipient") { to, json, quiet };
        return context.Bind(command, (run, cancellation) =>
            FrontEndCommand.RunAsync(run, "chat", CommonOptions.ParseUser(run.Get(to)!), run.Get(json), run.Get(quiet), cancellation));
    }
}

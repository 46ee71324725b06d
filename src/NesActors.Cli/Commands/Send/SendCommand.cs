using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Attach;

namespace NesActors.Cli.Commands.Send;

/// <summary><c>nes send</c>: one message to one or several people, and how it ended for each.</summary>
internal static class SendCommand
{
    public static Command Create(CommandContext context)
    {
        var to = new Option<string[]>("--to", "-t") { Required = true, HelpName = "USER", Description = "To whom; may be given several times" };
        var message = new Option<string>("--message", "-m") { Required = true, HelpName = "TEXT", Description = "What to say, at most 64 KiB; - reads it from standard input" };
        var timeout = new Option<int>("--timeout") { HelpName = "SECONDS", Description = "How long to try", DefaultValueFactory = _ => 30 };
        timeout.Between(1, 86400, "seconds");
        var wait = new Option<SendGoal>("--wait")
        {
            HelpName = "STATE",
            Description = "Until the broker has it (published), or the recipient's client has confirmed it (delivered); the original's clients never do",
            DefaultValueFactory = _ => SendGoal.Published,
            CustomParser = SendGoals.Parse,
        };
        var queue = new Option<bool>("--queue") { Description = "Write it down and be done: the running session sends it, or the next listen or chat" };
        var json = CommonOptions.Json();
        var quiet = CommonOptions.Quiet();
        var command = new Command("send", "Send message to recipient") { to, message, timeout, wait, queue, json, quiet };
        command.Checks(result =>
        {
            if (result.GetValue(queue) && result.GetResult(wait) is { Implicit: false }) result.AddError("Expected --queue or --wait, not both");
        });
        return context.Bind(command, async (run, cancellation) =>
        {
            var recipients = run.Get(to)!;
            // A name that is none is told before anything is read.
            foreach (var name in recipients) CommonOptions.ParseUser(name);
            // Before the text, which may come after the passphrase from standard input.
            if (run.Get(run.Passphrase.Descriptor) == 0) run.Session().Unlock();
            var text = await SendText.GetAsync(run.Get(message)!, run, cancellation);
            var messages = Outgoing.OfAll(recipients, run.Environment);
            var limit = TimeSpan.FromSeconds(run.Get(timeout));
            var search = new OwnerSearch(run) { Patience = limit, Quiet = run.Get(quiet), IsOneShot = true };
            var goal = run.Get(queue) ? SendGoal.Queued : run.Get(wait);
            var results = goal == SendGoal.Queued
                ? await new Queueing(run, search).QueueAsync(messages, text, cancellation)
                : await SendAsync(run, search, messages, text, goal, limit, cancellation);
            var report = new SendReport(run, goal, run.Get(json), run.Get(quiet));
            var code = ExitCode.Done;
            foreach (var result in results) code = Math.Max(code, report.Tell(result));
            return code;
        });
    }

    private static async Task<IReadOnlyList<StoredMessage>> SendAsync(
        Invocation run, OwnerSearch search, List<Outgoing> messages, string text, SendGoal goal, TimeSpan limit, CancellationToken cancellation)
    {
        var shared = new SharedSession(run, search, (held, stop) => StartAsync(run, held, goal, messages, stop));
        await using var messenger = await shared.OpenAsync(cancellation);
        return await new Sending(run, messenger, goal, limit, search.Quiet).SendAsync(messages, text, cancellation);
    }

    /// <summary>A session of this process, which hears confirmations where they are waited for; where another process had the messages and ended, it goes on with them.</summary>
    private static async Task<ISharedSession> StartAsync(
        Invocation run, StateLock held, SendGoal goal, List<Outgoing> messages, CancellationToken cancellation) => goal == SendGoal.Delivered
        ? await run.Session().StartAsync(held, cancellation)
        : await run.Session().StartSendingAsync(held, messages.Select(message => message.To), [.. messages.Select(message => message.Id)], cancellation);
}

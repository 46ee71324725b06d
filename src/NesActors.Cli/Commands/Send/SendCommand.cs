using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts;
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
            var recipients = run.Get(to)!.Select(CommonOptions.ParseUser).Distinct().ToList();
            // Before the text, which may come after the passphrase from standard input.
            if (run.Get(run.Passphrase.Descriptor) == 0) run.Session().Unlock();
            var text = await SendText.GetAsync(run.Get(message)!, run, cancellation);
            var limit = TimeSpan.FromSeconds(run.Get(timeout));
            var search = new OwnerSearch(run) { Patience = limit, Quiet = run.Get(quiet) };
            var messages = recipients.Select(user => (Id: MessageId.New(run.Environment.Clock), To: user)).ToList();
            var goal = run.Get(queue) ? SendGoal.Queued : run.Get(wait);
            var results = goal == SendGoal.Queued
                ? await new Queueing(run, search).QueueAsync(messages, text, cancellation)
                : await SendAsync(run, search, messages, text, goal, limit, cancellation);
            var report = new SendReport(run, goal, run.Get(json), run.Get(quiet));
            return results.Select(report.Tell).Max();
        });
    }

    private static async Task<IReadOnlyList<StoredMessage>> SendAsync(
        Invocation run, OwnerSearch search, List<(MessageId Id, Username To)> messages, string text, SendGoal goal, TimeSpan limit, CancellationToken cancellation)
    {
        var shared = new SharedSession(run, search, (held, stop) => StartAsync(run, held, goal, messages, stop));
        await using var messenger = await shared.OpenAsync(cancellation);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var notice = search.Quiet ? Task.CompletedTask : SendTrouble.NoticeAsync(messenger, limit, run, done.Token);
        var results = await Task.WhenAll(messages.Select(message => SendAsync(messenger, message.Id, message.To, text, goal, limit, run.Environment.Clock, cancellation)));
        await done.CancelAsync();
        await notice;
        return results;
    }

    /// <summary>A session of this process, which hears confirmations where they are waited for; where another process had the messages and ended, it goes on with them.</summary>
    private static async Task<ISharedSession> StartAsync(
        Invocation run, StateLock held, SendGoal goal, List<(MessageId Id, Username To)> messages, CancellationToken cancellation) => goal == SendGoal.Delivered
        ? await run.Session().StartAsync(held, cancellation)
        : await run.Session().StartSendingAsync(held, messages.Select(message => message.To), [.. messages.Select(message => message.Id)], cancellation);

    private static async Task<StoredMessage> SendAsync(
        ContinuedMessenger messenger, MessageId id, Username to, string text, SendGoal goal, TimeSpan limit, TimeProvider clock, CancellationToken stop)
    {
        await messenger.SendAsync(id, to, text, CancellationToken.None);
        var began = clock.GetTimestamp();
        try
        {
            var settled = await messenger.SettleAsync(id, limit, stop);
            var left = limit - clock.GetElapsedTime(began);
            return goal == SendGoal.Published || left <= TimeSpan.Zero ? settled : await messenger.WaitAsync(id, MessageState.Delivered, left, stop);
        }
        catch (OperationCanceledException)
        {
            // Interrupted: what has not left is taken back, and the person learns what has.
            return await messenger.SettleAsync(id, TimeSpan.Zero, CancellationToken.None);
        }
    }
}

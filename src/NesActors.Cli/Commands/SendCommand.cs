using System.CommandLine;
using System.Text;
using NesActors.Cli.Hosting;
using NesActors.Contracts;
using NesActors.Contracts.Transport;
using NesActors.Core.Attach;

namespace NesActors.Cli.Commands;

/// <summary><c>nes send</c>: one message to one or several people, and how it ended for each.</summary>
internal static class SendCommand
{
    private static readonly TimeSpan NoticeAfter = TimeSpan.FromMilliseconds(500);

    public static Command Create(CommandContext context)
    {
        var to = new Option<string[]>("--to", "-t") { Required = true, HelpName = "USER", Description = "To whom; may be given several times" };
        var message = new Option<string>("--message", "-m") { Required = true, HelpName = "TEXT", Description = "What to say, at most 64 KiB; - reads it from standard input" };
        var timeout = new Option<int>("--timeout") { HelpName = "SECONDS", Description = "How long to try", DefaultValueFactory = _ => 30 };
        timeout.Between(1, 86400, "seconds");
        var json = CommonOptions.Json();
        var quiet = CommonOptions.Quiet();
        var command = new Command("send", "Send message to recipient") { to, message, timeout, json, quiet };
        return context.Bind(command, async (run, cancellation) =>
        {
            var recipients = run.Get(to)!.Select(CommonOptions.ParseUser).Distinct().ToList();
            // Before the text, which may come after the passphrase from standard input.
            if (run.Get(run.Passphrase.Descriptor) == 0) run.Session().Unlock();
            var text = await TextAsync(run.Get(message)!, run, cancellation);
            var (printsJson, printsNothing) = (run.Get(json), run.Get(quiet));
            var limit = TimeSpan.FromSeconds(run.Get(timeout));
            var messages = recipients.Select(user => (Id: MessageId.New(run.Environment.Clock), To: user)).ToList();
            var shared = new SharedSession(run, (held, stop) => StartAsync(run, held, messages, stop)) { Patience = limit, Quiet = printsNothing };
            await using var messenger = await shared.OpenAsync(cancellation);
            using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var notice = printsNothing ? Task.CompletedTask : NoticeTroubleAsync(messenger, limit, run, done.Token);
            var results = await Task.WhenAll(messages.Select(message => SendAsync(messenger, message.Id, message.To, text, limit, cancellation)));
            await done.CancelAsync();
            await notice;
            var report = new SendReport(run, printsJson, printsNothing);
            return results.Select(report.Tell).Max();
        });
    }

    /// <summary>A session of this process; where another process had the messages and ended, it goes on with them.</summary>
    private static async Task<ISharedSession> StartAsync(Invocation run, StateLock held, List<(MessageId Id, Username To)> messages, CancellationToken cancellation)
    {
        return await run.Session().StartSendingAsync(held, messages.Select(message => message.To), [.. messages.Select(message => message.Id)], cancellation);
    }

    private static async Task<StoredMessage> SendAsync(ContinuedMessenger messenger, MessageId id, Username to, string text, TimeSpan limit, CancellationToken stop)
    {
        await messenger.SendAsync(id, to, text, CancellationToken.None);
        try
        {
            return await messenger.SettleAsync(id, limit, stop);
        }
        catch (OperationCanceledException)
        {
            // Interrupted: what has not left is taken back, and the person learns what has.
            return await messenger.SettleAsync(id, TimeSpan.Zero, CancellationToken.None);
        }
    }

    /// <summary>Says once that the broker cannot be reached and that the program goes on trying. Where that is no use, the message fails and tells why.</summary>
    private static async Task NoticeTroubleAsync(ContinuedMessenger messenger, TimeSpan limit, Invocation run, CancellationToken done)
    {
        try
        {
            // Most messages have left before that, and what reads events need not be loaded for them.
            await Task.Delay(NoticeAfter, run.Environment.Clock, done);
            await foreach (var item in messenger.EventsAsync(messenger.StartCursor, done))
            {
                if (item is not ConnectionChanged { State: ConnectionState.Reconnecting, Failure: null or TransportFailure.Unreachable } lost) continue;
                run.Error.WriteLine($"notice: {lost.Detail?.ReplaceLineEndings(" ")}; trying for {limit.TotalSeconds:0} s");
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // All is sent, or given up.
        }
    }

    private static async Task<string> TextAsync(string given, Invocation run, CancellationToken cancellation)
    {
        var text = given == "-" ? await ReadAsync(run.Environment.In.Value, cancellation) : given;
        return Encoding.UTF8.GetByteCount(text) <= Message.MaxTextBytes
            ? text
            : throw CliException.Usage($"the text is longer than {Message.MaxTextBytes / 1024} KiB; send it in parts");
    }

    /// <summary>All of standard input but the line break at its end, and no more than can be sent.</summary>
    private static async Task<string> ReadAsync(TextReader input, CancellationToken cancellation)
    {
        // One more than fits, a line break included: enough to see that it is too long.
        var buffer = new char[Message.MaxTextBytes + 3];
        var length = await input.ReadBlockAsync(buffer, cancellation);
        var text = new string(buffer, 0, length);
        if (text.EndsWith("\r\n", StringComparison.Ordinal)) return text[..^2];
        return text.EndsWith('\n') ? text[..^1] : text;
    }
}

using System.Threading.Channels;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Console.Chat.Model;
using NesActors.FrontEnd.Console.Output;

namespace NesActors.FrontEnd.Console.Chat.Screen;

/// <summary>
/// The chat that takes the whole screen. Three things run side by side until the first of them ends: the screen on its own thread, the
/// session's events, and what the chat asks of the session.
/// </summary>
internal sealed class ScreenChat(FrontEndRequest request, IMessenger messenger, OutputLines lines)
{
    /// <summary>Inputs that wait for the screen; a flood of events waits in the session behind them.</summary>
    private const int InboxLimit = 1024;

    /// <summary>How long the screen may take to give the terminal back.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan GraceWithoutTerminal = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs until the person leaves or the token is cancelled.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var watch = new TerminalWatch();
        var inbox = Channel.CreateBounded<ChatInput>(InboxLimit);
        var effects = Channel.CreateUnbounded<ChatEffect>();
        var first = await FirstAsync(cancellation).ConfigureAwait(false);
        if (request.Peer is { } peer) inbox.Writer.TryWrite(new Opened(peer));

        var screen = new ChatScreen(new ChatUpdate(request.Clock), inbox.Reader, effects.Writer);
        var gone = watch.GoneAsync(request.Clock, ending.Token);
        Task[] parts =
        [
            Task.Factory.StartNew(() => screen.Run(first, ending.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default),
            new EffectRunner(messenger, effects.Reader, inbox.Writer).RunAsync(ending.Token),
            FollowAsync(inbox.Writer, ending.Token),
        ];
        await Task.WhenAny([gone, .. parts]).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        // The terminal is given back before anything is said about what went wrong. One that has gone cannot be given back, and the screen
        // that tries may never return: it is left behind, and ends with the process.
        await Task.WhenAny(Task.WhenAll(parts), Task.Delay(watch.HasGone ? GraceWithoutTerminal : Grace, request.Clock, CancellationToken.None)).ConfigureAwait(false);
        if (!watch.HasGone && parts.FirstOrDefault(part => part.IsFaulted) is { } broken) await broken.ConfigureAwait(false);
        return await ReportAsync(screen.Waiting).ConfigureAwait(false);
    }

    private async Task<int> ReportAsync(int waiting)
    {
        if (waiting == 0) return ExitCode.Done;
        await lines.ErrorAsync($"{waiting} of your messages had not left").ConfigureAwait(false);
        return ExitCode.Network;
    }

    private async Task<ChatState> FirstAsync(CancellationToken cancellation)
    {
        var status = await messenger.StatusAsync(cancellation).ConfigureAwait(false);
        var contacts = await messenger.ContactsAsync(cancellation).ConfigureAwait(false);
        var empty = new ChatState(messenger.Me, request.Clock.LocalTimeZone) { MyKeys = messenger.MyFingerprint, Connection = status.Connection, ConnectionDetail = status.Detail };
        return contacts.Aggregate(empty, ChatEvents.WithContact);
    }

    private async Task FollowAsync(ChannelWriter<ChatInput> inbox, CancellationToken cancellation)
    {
        await foreach (var happened in messenger.EventsAsync(messenger.StartCursor, cancellation).ConfigureAwait(false))
        {
            await inbox.WriteAsync(new Happened(happened), cancellation).ConfigureAwait(false);
        }
        cancellation.ThrowIfCancellationRequested();
        throw new ObjectDisposedException(nameof(IMessenger));
    }
}

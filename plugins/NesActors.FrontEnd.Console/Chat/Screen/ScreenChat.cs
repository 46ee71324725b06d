using System.Runtime.InteropServices;
using System.Threading.Channels;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Console.Chat.Model;

namespace NesActors.FrontEnd.Console.Chat.Screen;

/// <summary>
/// The chat that takes the whole screen. Three things run side by side until the first of them ends: the screen on its own thread, the
/// session's events, and what the chat asks of the session.
/// </summary>
internal sealed class ScreenChat(FrontEndRequest request, IMessenger messenger)
{
    /// <summary>Inputs that wait for the screen; a flood of events waits in the session behind them.</summary>
    private const int InboxLimit = 1024;

    /// <summary>Runs until the person leaves or the token is cancelled.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // The terminal was closed: nobody is left to talk to, and the screen must not be drawn any more.
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            ending.Cancel();
        });
        var inbox = Channel.CreateBounded<ChatInput>(InboxLimit);
        var effects = Channel.CreateUnbounded<ChatEffect>();
        var first = await FirstAsync(ending.Token).ConfigureAwait(false);
        if (request.Peer is { } peer) inbox.Writer.TryWrite(new Opened(peer));

        var screen = new ChatScreen(new ChatUpdate(request.Clock), inbox.Reader, effects.Writer);
        Task[] parts =
        [
            Task.Factory.StartNew(() => screen.Run(first, ending.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default),
            new EffectRunner(messenger, effects.Reader, inbox.Writer).RunAsync(ending.Token),
            FollowAsync(inbox.Writer, ending.Token),
        ];
        var ended = await Task.WhenAny(parts).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        // The terminal is given back before anything is said about what went wrong.
        await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ended.ConfigureAwait(ended.IsCanceled ? ConfigureAwaitOptions.SuppressThrowing : ConfigureAwaitOptions.None);
        return ExitCode.Done;
    }

    private async Task<ChatState> FirstAsync(CancellationToken cancellation)
    {
        var status = await messenger.StatusAsync(cancellation).ConfigureAwait(false);
        var contacts = await messenger.ContactsAsync(cancellation).ConfigureAwait(false);
        var empty = new ChatState(messenger.Me, request.Clock.LocalTimeZone) { Connection = status.Connection, ConnectionDetail = status.Detail };
        return contacts.Aggregate(empty, ChatEvents.WithContact);
    }

    private async Task FollowAsync(ChannelWriter<ChatInput> inbox, CancellationToken cancellation)
    {
        await foreach (var happened in messenger.EventsAsync(after: 0, cancellation).ConfigureAwait(false))
        {
            await inbox.WriteAsync(new Happened(happened), cancellation).ConfigureAwait(false);
        }
        cancellation.ThrowIfCancellationRequested();
        throw new ObjectDisposedException(nameof(IMessenger));
    }
}

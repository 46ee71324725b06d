using System.Text;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Console.Output;

namespace NesActors.FrontEnd.Console.Plain;

/// <summary>
/// A chat for pipes: each line of the input goes to the peer, each message of the peer is printed. At the end of the input it waits until
/// all has left; the exit code tells of the first message that did not. Lines of blanks alone are not sent.
/// </summary>
internal sealed class PlainChat(FrontEndRequest request, IMessenger messenger, OutputLines lines) : IDisposable
{
    /// <summary>How long it waits at the end of the input for what has not left.</summary>
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(30);

    private readonly SentMessages _sent = new(lines);
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Runs until the input ends.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        if (request.Peer is not { } peer)
        {
            await lines.ErrorAsync("chat needs to know with whom where there is no terminal: name the user with -t").ConfigureAwait(false);
            return ExitCode.Usage;
        }
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var following = FollowAsync(peer, ending.Token);
        var talking = TalkAsync(peer, ending.Token);
        try
        {
            await await Task.WhenAny(following, talking).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Told to end: what has not left is reported below.
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            // Both have been told to end; what the first of them said stands.
            await Task.WhenAll(following, talking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await _sent.ReportWaitingAsync().ConfigureAwait(false);
        return _sent.Code;
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task FollowAsync(Username peer, CancellationToken cancellation)
    {
        var printer = await Printers.CreateAsync(request, messenger, lines, cancellation).ConfigureAwait(false);
        await foreach (var happened in messenger.EventsAsync(messenger.StartCursor, cancellation).ConfigureAwait(false))
        {
            if (IsOfSomebodyElse(happened, peer)) continue;
            await printer.PrintAsync(happened, cancellation).ConfigureAwait(false);
            if (happened is MessageReceived received) await messenger.MarkReadAsync(peer, received.Message.Id, cancellation).ConfigureAwait(false);
            if (happened is MessageStateChanged changed) await InTurnAsync(() => _sent.SettledAsync(changed.Message), cancellation).ConfigureAwait(false);
        }
        cancellation.ThrowIfCancellationRequested();
        throw new ObjectDisposedException(nameof(IMessenger));
    }

    private async Task TalkAsync(Username peer, CancellationToken cancellation)
    {
        var input = new BoundedLines(request.Console.In, Message.MaxTextBytes);
        while (await input.ReadAsync(cancellation).ConfigureAwait(false) is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line)) await InTurnAsync(() => SendAsync(peer, line, cancellation), cancellation).ConfigureAwait(false);
        }
        await SettleAsync(cancellation).ConfigureAwait(false);
    }

    private async Task SendAsync(Username peer, string line, CancellationToken cancellation)
    {
        if (Encoding.UTF8.GetByteCount(line) > Message.MaxTextBytes)
        {
            await _sent.RefusedAsync($"a line was not sent: it is longer than {Message.MaxTextBytes} bytes").ConfigureAwait(false);
            return;
        }
        _sent.Add(await messenger.SendAsync(peer, line, cancellation).ConfigureAwait(false));
    }

    private async Task SettleAsync(CancellationToken cancellation)
    {
        var began = request.Clock.GetTimestamp();
        IReadOnlyList<MessageId> waiting = [];
        await InTurnAsync(
            () =>
            {
                waiting = _sent.Waiting;
                return Task.CompletedTask;
            },
            cancellation).ConfigureAwait(false);
        foreach (var id in waiting)
        {
            var left = SettleLimit - request.Clock.GetElapsedTime(began);
            var settled = await messenger.SettleAsync(id, left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellation).ConfigureAwait(false);
            await InTurnAsync(() => _sent.SettledAsync(settled), cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// What was sent is looked at by one at a time: both the input and the events change it, and an event about a message must not be looked at before
    /// its identifier is known here.
    /// </summary>
    private async Task InTurnAsync(Func<Task> work, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await work().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static bool IsOfSomebodyElse(MessengerEvent happened, Username peer) => happened switch
    {
        MessageReceived received => received.Message.Contact != peer,
        MessageStateChanged changed => changed.Message.Contact != peer,
        ContactChanged changed => changed.Contact.User != peer,
        _ => false,
    };
}

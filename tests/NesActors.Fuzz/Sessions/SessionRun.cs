using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;
using NesActors.Core.Hosting;
using NesActors.Fuzz.Running;
using NesActors.Transport.InMemory;

namespace NesActors.Fuzz.Sessions;

/// <summary>A whole session of ben, who is in touch with amy: takes batches of hostile frames, and must show the valid message that comes after each.</summary>
internal sealed class SessionRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TransportOptions _address = new(new Uri($"memory://fuzz-{Guid.NewGuid():N}"));
    private readonly InMemoryTransport _sender = new();
    private readonly string _hocon = Path.GetTempFileName();
    private readonly SessionParties _parties;
    private readonly ILocalIdentity _bensKeys;
    private readonly IPeerIdentity _ben;
    private NesHost? _host;
    private long _position;
    private int _batches;

    private SessionRun(SessionParties parties)
    {
        (_parties, _bensKeys) = (parties, parties.Ben());
        _ben = parties.Suite.ReadPeer(_bensKeys.PublicRecord);
    }

    /// <summary>How many frames the session has taken, valid ones included.</summary>
    public int Sent { get; private set; }

    private IMessenger Messenger => _host!.Messenger;

    public static async Task<SessionRun> StartAsync(SessionParties parties)
    {
        var run = new SessionRun(parties);
        // Strangers' names by the hundred, and no time to wait for what is missing, or for newer keys of those who have none.
        await File.WriteAllLinesAsync(
            run._hocon,
            ["nes.key-directory { stranger-rate = 1000000, stranger-burst = 1000000 }", "nes.conversation.refresh-interval = 1s", "nes.delivery { gap-wait = 20ms, confirm-delay = 5ms, confirm-interval = 5ms }"]);
        run._host = await NesHost.StartAsync(
            new NesHostOptions
            {
                Suite = parties.Suite,
                Identity = run._bensKeys,
                Transport = () => new InMemoryTransport(),
                TransportOptions = run._address,
                Directory = parties.Directory,
                HoconFile = run._hocon,
            },
            CancellationToken.None);
        await run._sender.ConnectAsync(run._address, _ => { }, CancellationToken.None);
        // To whom he has written he confirms what arrives.
        await run.Messenger.SendAsync(parties.Amy.User, "hello", CancellationToken.None);
        return run;
    }

    /// <summary>Sends a batch, and a valid message after it.</summary>
    /// <exception cref="PropertyException">The message does not arrive.</exception>
    public async Task TakeAsync(IReadOnlyList<byte[]> frames)
    {
        foreach (var frame in frames.Where(frame => frame.Length <= InMemoryNetwork.MaxFrame)) await SendAsync(frame);
        var text = $"after batch {++_batches}";
        await SendAsync(_parties.Amy.Seal(new Message(_parties.Amy.User, _ben.User, TimeProvider.System.GetUtcNow(), text), _ben));
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await foreach (var item in Messenger.EventsAsync(_position, limit.Token))
            {
                _position = item.Cursor;
                if (item is MessageReceived { Message: var message } && message.Text == text) return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            throw new PropertyException($"The session did not show a valid message after batch {_batches}: {e.Message}");
        }
    }

    /// <summary>Waits until everything that came was shown or dropped.</summary>
    /// <returns>What was dropped, by reason.</returns>
    /// <exception cref="PropertyException">Something stays.</exception>
    public async Task<IReadOnlyDictionary<DropReason, long>> SettleAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        try
        {
            while (true)
            {
                var status = await Messenger.StatusAsync(limit.Token);
                if (status.Spooled == 0) return status.Dropped;
                await timer.WaitForNextTickAsync(limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            throw new PropertyException("Frames stay in the spool.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        await _sender.DisposeAsync();
        _ben.Dispose();
        File.Delete(_hocon);
    }

    private async Task SendAsync(byte[] frame)
    {
        Sent++;
        await _sender.PublishAsync(_ben.User, frame, CancellationToken.None);
    }
}

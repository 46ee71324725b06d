using System.Diagnostics;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;

namespace NesActors.Testing;

/// <summary>Somebody without a session, whose frames go straight to the broker: a session writes down what it sends, and that would set the pace.</summary>
/// <param name="identity">Who; disposed with this.</param>
/// <param name="recipient">To whom.</param>
/// <param name="transport">By which way; disposed with this.</param>
public sealed class FramePublisher(ILocalIdentity identity, IPeerIdentity recipient, ITransport transport) : IAsyncDisposable
{
    /// <summary>A broker that keeps what comes faster than it is taken. By itself mosquitto drops what is behind the first thousand; a session would send it again, and nobody does here.</summary>
    public static readonly MosquittoOptions PatientBroker = new() { Lines = ["max_queued_messages 0"] };

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(10);

    private readonly StreamId _stream = StreamId.New();
    private int _count;

    /// <summary>As the key directory shows it.</summary>
    public PublicRecord Record => identity.PublicRecord;

    /// <summary>Whose frames they are.</summary>
    public Username User => identity.User;

    /// <summary>Connects.</summary>
    public Task ConnectAsync(Uri broker, CancellationToken cancellation) => transport.ConnectAsync(new TransportOptions(broker), _ => { }, cancellation);

    /// <summary>Publishes a message, and waits until the broker has it.</summary>
    public async Task PublishAsync(string text, CancellationToken cancellation)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        var message = new Message(identity.User, recipient.User, now, text) { Delivery = new Delivery { Stream = _stream, Sequence = ++_count } };
        var result = await transport.PublishAsync(recipient.User, identity.Seal(identity.Compose(message), recipient).Bytes, cancellation).ConfigureAwait(false);
        if (result.Outcome != PublishOutcome.Confirmed) throw new InvalidOperationException($"The broker did not take a frame: {result.Detail}");
    }

    /// <summary>Publishes at a rate, as far as the machine can.</summary>
    /// <param name="count">How many messages.</param>
    /// <param name="rate">How many a second.</param>
    /// <param name="text">The text of each, asked for when its turn has come.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task PublishAsync(int count, double rate, Func<int, string> text, CancellationToken cancellation)
    {
        using var beat = new PeriodicTimer(Beat);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            while (Stopwatch.GetElapsedTime(began).TotalSeconds * rate < i) await beat.WaitForNextTickAsync(cancellation).ConfigureAwait(false);
            await PublishAsync(text(i), cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await transport.DisposeAsync().ConfigureAwait(false);
        identity.Dispose();
    }
}

namespace NesActors.Contracts.Transport;

/// <summary>
/// One connection that carries frames to mailboxes. A plugin of kind <c>transport</c> has one public class that implements this and has
/// a constructor without parameters; the host makes one object for each connection attempt, connects it once, and disposes it.
/// Reconnecting is the host's business: a lost connection is told by <see cref="Disconnected"/> and the object is done.
/// </summary>
/// <remarks>
/// <see cref="PublishAsync"/> may be called by several threads at once. Frames published one after the other to one mailbox (each awaited) arrive
/// in that order. A frame may arrive more than once; the host removes repeats.
/// </remarks>
public interface ITransport : IAsyncDisposable
{
    /// <summary>Connects. Called once, before anything else.</summary>
    /// <param name="options">Where to, and as whom.</param>
    /// <param name="receiver">Is handed every frame that arrives for a subscribed mailbox, one after the other. Must not block.</param>
    /// <param name="cancellation">Gives the attempt up.</param>
    /// <exception cref="TransportException">There is no connection; says why.</exception>
    Task ConnectAsync(TransportOptions options, Action<InboundFrame> receiver, CancellationToken cancellation);

    /// <summary>Asks for the frames of a mailbox from now on, and, in a durable session, for those that wait there.</summary>
    /// <exception cref="TransportException">The other side refused, or the connection is gone.</exception>
    Task SubscribeAsync(Username mailbox, CancellationToken cancellation);

    /// <summary>
    /// Gives a frame to the carrier and waits until it has confirmed it. Returns how it went and does not throw for anything that the network
    /// or the other side does.
    /// </summary>
    /// <param name="mailbox">The recipient.</param>
    /// <param name="frame">The bytes, unchanged until the task ends.</param>
    /// <param name="cancellation">Stops waiting: the outcome is then <see cref="PublishOutcome.Unknown"/> if the frame may have left, else <see cref="PublishOutcome.NotSent"/>.</param>
    Task<PublishResult> PublishAsync(Username mailbox, ReadOnlyMemory<byte> frame, CancellationToken cancellation);

    /// <summary>Completes, never faults, when the connection is lost or closed; the text says why, to a person.</summary>
    Task<string> Disconnected { get; }
}

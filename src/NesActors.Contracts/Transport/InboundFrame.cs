namespace NesActors.Contracts.Transport;

/// <summary>A frame that arrived, and the means to tell the carrier that it is safe with us.</summary>
/// <param name="Mailbox">The mailbox it came for.</param>
/// <param name="Payload">The bytes, which are the receiver's own from now on.</param>
/// <param name="Acknowledge">To be called once, when the frame is stored: a frame that was not acknowledged comes again after a reconnect where the carrier can do that. Never throws.</param>
public sealed record InboundFrame(Username Mailbox, ReadOnlyMemory<byte> Payload, Action Acknowledge);

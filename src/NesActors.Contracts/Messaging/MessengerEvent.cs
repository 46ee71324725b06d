using NesActors.Contracts.Transport;

namespace NesActors.Contracts;

/// <summary>Something that happened in a session. The cursor grows with each event and is the position in the one log that all front-ends read.</summary>
/// <param name="Cursor">The position: the first event has 1.</param>
/// <param name="At">Our clock.</param>
public abstract record MessengerEvent(long Cursor, DateTimeOffset At);

/// <summary>A message was verified and stored.</summary>
/// <param name="Cursor">The position in the log.</param>
/// <param name="At">Our clock.</param>
/// <param name="Message">The message.</param>
public sealed record MessageReceived(long Cursor, DateTimeOffset At, StoredMessage Message) : MessengerEvent(Cursor, At);

/// <summary>An outgoing message was accepted, or came further.</summary>
/// <param name="Cursor">The position in the log.</param>
/// <param name="At">Our clock.</param>
/// <param name="Message">The message in its new state.</param>
public sealed record MessageStateChanged(long Cursor, DateTimeOffset At, StoredMessage Message) : MessengerEvent(Cursor, At);

/// <summary>What is known of a contact changed.</summary>
/// <param name="Cursor">The position in the log.</param>
/// <param name="At">Our clock.</param>
/// <param name="Contact">The contact now.</param>
public sealed record ContactChanged(long Cursor, DateTimeOffset At, Contact Contact) : MessengerEvent(Cursor, At);

/// <summary>The connection to the broker came or went.</summary>
/// <param name="Cursor">The position in the log.</param>
/// <param name="At">Our clock.</param>
/// <param name="State">The state now.</param>
/// <param name="Detail">Why, in a few words for a person; may be missing.</param>
public sealed record ConnectionChanged(long Cursor, DateTimeOffset At, ConnectionState State, string? Detail) : MessengerEvent(Cursor, At)
{
    /// <summary>What kind of failure it was, where an attempt to connect failed; <see langword="null"/> otherwise.</summary>
    public TransportFailure? Failure { get; init; }
}

using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;

namespace NesActors.Contracts;

/// <summary>Whether there is a connection to the broker.</summary>
public enum ConnectionState
{
    /// <summary>The first connection is being made.</summary>
    Starting,

    /// <summary>Connected and subscribed.</summary>
    Online,

    /// <summary>The connection is lost; another is being made, or waited for.</summary>
    Reconnecting,

    /// <summary>The session ends.</summary>
    Stopping,
}

/// <summary>How a session is doing.</summary>
/// <param name="Me">Whose session it is.</param>
/// <param name="Connection">The connection to the broker.</param>
/// <param name="Detail">Why it is not there, in a few words; may be missing.</param>
/// <param name="Queued">Messages that wait to go out.</param>
/// <param name="Spooled">Frames that arrived and were not yet looked through.</param>
/// <param name="Received">Messages delivered since the session began.</param>
/// <param name="Dropped">Frames dropped since the session began, by reason.</param>
public sealed record MessengerStatus(
    Username Me, ConnectionState Connection, string? Detail, int Queued, int Spooled, long Received, IReadOnlyDictionary<DropReason, long> Dropped)
{
    /// <summary>What kind of failure it was, where the last attempt to connect failed; <see langword="null"/> otherwise.</summary>
    public TransportFailure? Failure { get; init; }
}

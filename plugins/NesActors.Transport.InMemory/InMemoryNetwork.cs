using System.Collections.Concurrent;
using NesActors.Contracts;
using NesActors.Contracts.Transport;

namespace NesActors.Transport.InMemory;

/// <summary>
/// A carrier of frames within this process, known by its name: the host of <c>memory://NAME</c>. Tests break it on purpose with
/// <see cref="BreakConnections"/> and <see cref="IsDown"/>. Safe for several threads at once.
/// </summary>
/// <remarks>
/// Frames for a mailbox with nobody there wait. At most <see cref="MaxWaiting"/> wait in one place; the next is refused. Whatever waits is
/// lost with the process.
/// </remarks>
public sealed class InMemoryNetwork
{
    /// <summary>How many frames wait in one mailbox, or in one session, at most.</summary>
    public const int MaxWaiting = 10_000;

    /// <summary>The largest frame, in bytes.</summary>
    public const int MaxFrame = 1024 * 1024;

    private static readonly ConcurrentDictionary<string, InMemoryNetwork> Networks = new(StringComparer.OrdinalIgnoreCase);

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly Dictionary<string, MemorySession> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<Username, Queue<ReadOnlyMemory<byte>>> _unclaimed = [];
    private volatile bool _isDown;

    private InMemoryNetwork() { }

    /// <summary>Whether nobody can connect. Connections that there are stay; see <see cref="BreakConnections"/>.</summary>
    public bool IsDown
    {
        get => _isDown;
        set => _isDown = value;
    }

    /// <summary>The network of this name; made where there is none yet.</summary>
    public static InMemoryNetwork Named(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Networks.GetOrAdd(name, _ => new InMemoryNetwork());
    }

    /// <summary>Ends every connection, as when the carrier goes away. Durable sessions stay.</summary>
    /// <param name="reason">What the connections are told.</param>
    public void BreakConnections(string reason)
    {
        lock (_gate)
        {
            foreach (var session in _sessions.Values.ToArray()) Leave(session, session.Connection, reason);
        }
    }

    internal MemorySession Join(string clientId, TimeSpan expiry, MemoryConnection connection)
    {
        lock (_gate)
        {
            if (_sessions.TryGetValue(clientId, out var session)) Leave(session, session.Connection, "another connection with the same client id took over");
            ForgetExpired();
            // As with MQTT, who wants no durable session begins anew, and ends the one there was.
            if (expiry == TimeSpan.Zero || !_sessions.TryGetValue(clientId, out session)) _sessions[clientId] = session = new MemorySession(clientId);
            session.Attach(connection, expiry);
            return session;
        }
    }

    internal void Leave(MemorySession session, MemoryConnection? connection, string reason)
    {
        lock (_gate)
        {
            // Another connection may have the session by now.
            if (connection is null || !ReferenceEquals(session.Connection, connection)) return;
            session.Detach(_clock.GetTimestamp());
            if (session.Expiry == TimeSpan.Zero) _sessions.Remove(session.ClientId);
            connection.Close(reason);
        }
    }

    internal bool Subscribe(MemorySession session, MemoryConnection connection, Username mailbox)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(session.Connection, connection)) return false;
            session.Subscribe(mailbox);
            if (_unclaimed.Remove(mailbox, out var waiting))
            {
                foreach (var frame in waiting) session.Add(mailbox, frame);
            }
            return true;
        }
    }

    internal void Acknowledge(MemorySession session, long id)
    {
        lock (_gate) session.Acknowledge(id);
    }

    internal PublishResult Publish(Username mailbox, ReadOnlyMemory<byte> frame)
    {
        if (frame.Length > MaxFrame) return Refused($"the frame of {frame.Length} bytes is larger than the {MaxFrame} that are taken");
        var copy = frame.ToArray();
        lock (_gate)
        {
            ForgetExpired();
            var subscribers = _sessions.Values.Where(session => session.Has(mailbox)).ToArray();
            if (subscribers.Length == 0) return Keep(mailbox, copy);
            if (subscribers.Any(session => session.Count >= MaxWaiting)) return Refused("more frames wait for the recipient than there is room for");
            foreach (var session in subscribers) session.Add(mailbox, copy);
            return PublishResult.Confirmed;
        }
    }

    private PublishResult Keep(Username mailbox, byte[] frame)
    {
        if (!_unclaimed.TryGetValue(mailbox, out var waiting)) _unclaimed[mailbox] = waiting = new Queue<ReadOnlyMemory<byte>>();
        if (waiting.Count >= MaxWaiting) return Refused("more frames wait for the recipient than there is room for");
        waiting.Enqueue(frame);
        return PublishResult.Confirmed;
    }

    private void ForgetExpired()
    {
        foreach (var session in _sessions.Values.Where(session => session.IsExpired(_clock)).ToArray()) _sessions.Remove(session.ClientId);
    }

    private static PublishResult Refused(string why) => new(PublishOutcome.Refused, why);
}

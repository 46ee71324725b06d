using NesActors.Contracts;

namespace NesActors.Transport.InMemory;

/// <summary>
/// What a network keeps for one client: its mailboxes, and the frames it has not acknowledged, in the order they came. The network's lock
/// guards it.
/// </summary>
internal sealed class MemorySession(string clientId)
{
    private readonly HashSet<Username> _mailboxes = [];
    private readonly SortedDictionary<long, Delivery> _unacknowledged = [];
    private long _lastId;
    private long _leftAt;

    public string ClientId { get; } = clientId;

    public MemoryConnection? Connection { get; private set; }

    public TimeSpan Expiry { get; private set; }

    public int Count => _unacknowledged.Count;

    public bool Has(Username mailbox) => _mailboxes.Contains(mailbox);

    public void Attach(MemoryConnection connection, TimeSpan expiry) => (Connection, Expiry) = (connection, expiry);

    public void Detach(long now) => (Connection, _leftAt) = (null, now);

    public bool IsExpired(TimeProvider clock) => Connection is null && clock.GetElapsedTime(_leftAt) > Expiry;

    /// <summary>Subscribes for this connection; what was not acknowledged before comes again, first.</summary>
    public void Subscribe(Username mailbox)
    {
        _mailboxes.Add(mailbox);
        if (Connection is not { } connection || !connection.Open(mailbox)) return;
        foreach (var delivery in _unacknowledged.Values.Where(delivery => delivery.Mailbox == mailbox)) connection.Deliver(delivery);
    }

    public void Add(Username mailbox, ReadOnlyMemory<byte> frame)
    {
        var delivery = new Delivery(++_lastId, mailbox, frame);
        _unacknowledged.Add(delivery.Id, delivery);
        if (Connection is { } connection && connection.IsOpen(mailbox)) connection.Deliver(delivery);
    }

    public void Acknowledge(long id) => _unacknowledged.Remove(id);
}

/// <summary>A frame on its way to one client.</summary>
internal sealed record Delivery(long Id, Username Mailbox, ReadOnlyMemory<byte> Frame);

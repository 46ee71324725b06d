using System.Globalization;
using NesActors.Contracts;

namespace NesActors.Faults.Trials;

/// <summary>One direction of an exchange: numbered messages are offered as they are released, one after the other, each under one id until it is accepted.</summary>
internal sealed class Direction(Person from, Person to, int messages)
{
    private const int PageSize = 500;

    private readonly SemaphoreSlim _released = new(0);
    private int _letGo;

    public Ledger Ledger { get; } = new();

    public int Messages => messages;

    /// <summary>How many may go and are not yet shown as delivered.</summary>
    public int Outstanding => _letGo - Ledger.Delivered;

    /// <summary>Lets so many more go, as far as there are any left.</summary>
    public void Release(int count)
    {
        count = Math.Min(count, messages - _letGo);
        _letGo += count;
        if (count > 0) _released.Release(count);
    }

    public void ReleaseAll() => Release(messages);

    /// <summary>Offers all, as they are released.</summary>
    public async Task OfferAsync(CancellationToken cancellation)
    {
        for (var number = 1; number <= messages; number++)
        {
            await _released.WaitAsync(cancellation);
            var id = MessageId.New(TimeProvider.System);
            Ledger.Offer(id, number);
            await from.Messenger.SendAsync(id, to.Name, number.ToString(CultureInfo.InvariantCulture), cancellation);
        }
    }

    /// <summary>Waits until the sender shows all as delivered and the receiver has shown that many.</summary>
    public Task DoneAsync(CancellationToken cancellation) => Ledger.UntilAsync(ledger => ledger.Delivered == messages && ledger.Received.Count >= messages, cancellation);

    /// <summary>What the receiver's log of events says, read anew from its beginning.</summary>
    public async Task<Findings> LoggedAsync(CancellationToken cancellation)
    {
        var logged = new List<int>();
        var end = await to.LastCursorAsync(cancellation);
        await foreach (var item in to.Messenger.EventsAsync(0, cancellation))
        {
            if (item is MessageReceived { Message: var message }) logged.Add(int.Parse(message.Text, CultureInfo.InvariantCulture));
            if (item.Cursor >= end) break;
        }
        return Findings.Of(logged, messages);
    }

    /// <summary>What the receiver's history says.</summary>
    public async Task<Findings> KeptAsync(CancellationToken cancellation)
    {
        var kept = (await HistoryAsync(to, from, cancellation)).Where(message => message.Direction == MessageDirection.Incoming);
        return Findings.Of([.. kept.Select(message => int.Parse(message.Text, CultureInfo.InvariantCulture))], messages);
    }

    /// <summary>How many of the sender's history are not shown as delivered.</summary>
    public async Task<int> UndeliveredAsync(CancellationToken cancellation) =>
        (await HistoryAsync(from, to, cancellation)).Count(message => message is { Direction: MessageDirection.Outgoing, State: not MessageState.Delivered });

    private static async Task<List<StoredMessage>> HistoryAsync(Person person, Person contact, CancellationToken cancellation)
    {
        var pages = new List<IReadOnlyList<StoredMessage>>();
        MessageId? before = null;
        do
        {
            pages.Add(await person.Messenger.HistoryAsync(contact.Name, before, after: null, PageSize, cancellation));
            before = pages[^1].Count == 0 ? null : pages[^1][0].Id;
        }
        while (pages[^1].Count == PageSize);
        pages.Reverse();
        return [.. pages.SelectMany(page => page)];
    }
}

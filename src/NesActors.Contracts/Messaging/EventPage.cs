namespace NesActors.Contracts;

/// <summary>Some events of the log, as far as it has come.</summary>
/// <param name="Events">In the order of their cursors.</param>
/// <param name="Position">What to ask with for those behind them. It lies behind the last event where what followed was left out or is not there any more.</param>
/// <param name="Newest">The newest position of the log: where <paramref name="Position"/> has come so far, there is no more.</param>
public sealed record EventPage(IReadOnlyList<MessengerEvent> Events, long Position, long Newest)
{
    /// <summary>Takes a page out of events that are held in memory.</summary>
    /// <param name="behind">All that are held behind the cursor that was asked for, in their order.</param>
    /// <param name="after">That cursor.</param>
    /// <param name="newest">The newest position of the log.</param>
    /// <param name="limit">How many at most, from 1.</param>
    /// <param name="arrivalsOnly">Whether to take <see cref="MessageReceived"/> alone.</param>
    public static EventPage Of(IEnumerable<MessengerEvent> behind, long after, long newest, int limit, bool arrivalsOnly)
    {
        ArgumentNullException.ThrowIfNull(behind);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var events = behind.Where(happened => !arrivalsOnly || happened is MessageReceived).Take(limit).ToList();
        return new EventPage(events, events.Count == limit ? events[^1].Cursor : Math.Max(after, newest), newest);
    }
}

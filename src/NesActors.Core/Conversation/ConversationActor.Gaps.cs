using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Storage.Delivery;

namespace NesActors.Core.Conversation;

/// <summary>
/// What comes beyond a gap waits for what is before it. Each gap has its own while, and has it again with the next connection, for only then can it be filled; meanwhile the sender is told of it several times,
/// because what tells it may be lost too.
/// </summary>
internal sealed partial class ConversationActor
{
    private const int GapRounds = 3;

    private long _gapSince;

    /// <summary>A connection that comes back later than this gives a gap no more time.</summary>
    private TimeSpan MaxGapWait => Tuning.GapWait * 3;

    private void WaitingForGaps() => Receive<GapDue>(due =>
    {
        if (!_connection.IsOnline && !IsGapOver) AwaitGap(due.Round);
        else if (due.Round < GapRounds) AskForGap(due.Round + 1);
        else StoreAll(_order.GiveUp());
    });

    private bool IsGapOver => _services.Clock.GetElapsedTime(_gapSince) > MaxGapWait;

    private void TakeInOrder(MessageNumber number, Arrival arrival)
    {
        if (_order.Find(number) is { } waiting)
        {
            if (waiting.Content.ContentHash.Span.SequenceEqual(arrival.Content.ContentHash.Span)) Drop(arrival.SpoolId, DropReason.Repeated);
            else StoreAll([arrival]);
            return;
        }

        var ready = _order.Take(number, _delivery.Of(number.Stream).Highest, arrival);
        StoreAll(ready);
        if (_order.Waiting.Count == 0)
        {
            Timers.Cancel(nameof(GapDue));
            return;
        }
        // The sender learns of the gap.
        Owe(number.Stream, isRepeat: false);
        if (ready.Count == 0 && Timers.IsTimerActive(nameof(GapDue))) return;
        _gapSince = _services.Clock.GetTimestamp();
        AwaitGap(round: 1);
    }

    /// <summary>There is a connection again.</summary>
    private void ResumeGap()
    {
        if (_order.Waiting.Count > 0 && !IsGapOver) AskForGap(round: 1);
    }

    private void AskForGap(int round)
    {
        if (_order.Waiting.First().Content.Number is { } number) Owe(number.Stream, isRepeat: false);
        AwaitGap(round);
    }

    private void AwaitGap(int round) => Timers.StartSingleTimer(nameof(GapDue), new GapDue(round), Tuning.GapWait / GapRounds);

    private sealed record GapDue(int Round);
}

using Akka.Actor;

namespace NesActors.Core.Conversation;

/// <summary>
/// Frames that the contact's keys, as far as they are known, did not sign. The contact may have new ones, which only the directory knows; it is asked once in a while, because anybody can cause it. What comes in between
/// is not thrown away: it waits for the next look-up, in the part of the spool for what is not proved, and is dropped where newer keys did not sign it either.
/// </summary>
internal sealed partial class ConversationActor
{
    private readonly Queue<Unverified> _doubtful = new();
    private DateTimeOffset? _doubted;

    private void Doubting() => Receive<DoubtDue>(_ =>
    {
        if (_doubtful.Count == 0) return;
        TakeDoubtful();
        VerifyNext();
    });

    /// <summary>Whether the directory may know more than when it was asked for these keys.</summary>
    private bool NewerKeysMayHelp(Unverified frame) => _keys is null || _keys.AskedAt < frame.ArrivedAt;

    /// <summary>However often the program starts: the time is the clock's of the day. One that was set back costs no more than one look-up.</summary>
    private bool MayRefresh()
    {
        var now = _services.Clock.GetUtcNow();
        return _doubted is not { } last || now - last > Tuning.RefreshInterval || last > now;
    }

    /// <summary>The sender may have new keys, or use other suites by now, which only the directory knows.</summary>
    private void LookAgain()
    {
        _doubted = _services.Clock.GetUtcNow();
        Store.DoubtAsync(_contact, _stopping.Token).PipeTo(Self, success: () => new Recorded(), failure: e => new StoreFailed(e));
        _keys = null;
        AskForKeys(refresh: true);
    }

    private void Doubt(Unverified frame)
    {
        _doubtful.Enqueue(frame);
        Hold(frame.SpoolId);
        if (!Timers.IsTimerActive(nameof(DoubtDue))) Timers.StartSingleTimer(nameof(DoubtDue), new DoubtDue(), Tuning.RefreshInterval + TimeSpan.FromSeconds(1));
    }

    /// <summary>What is doubtful is looked through again, before all that came later.</summary>
    private void TakeDoubtful()
    {
        if (_doubtful.Count == 0) return;
        // What is being verified stays the head.
        List<Unverified> waiting = [.. _inbox];
        var head = _verifying ? 1 : 0;
        _inbox.Clear();
        foreach (var frame in waiting.Take(head).Concat(_doubtful).Concat(waiting.Skip(head))) _inbox.Enqueue(frame);
        _doubtful.Clear();
    }

    private sealed record DoubtDue;
}

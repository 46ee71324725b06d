using Akka.Actor;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Contacts;
using NesActors.Core.Crypto;
using NesActors.Core.Session;
using NesActors.Core.Storage;
using NesActors.Core.Storage.Delivery;
using NesActors.Core.Suites;
using static NesActors.Core.Conversation.ConversationProtocol;
using KeyAnswer = NesActors.Core.KeyDirectory.KeyDirectoryProtocol.Replies;

namespace NesActors.Core.Conversation;

/// <summary>The incoming lane: one frame at a time, in the order of arrival: keys → verify → time → in order → not seen → store.</summary>
internal sealed partial class ConversationActor
{
    private readonly Queue<Unverified> _inbox = new();
    private readonly ArrivalOrder<Arrival> _order;
    private bool _verifying;
    private bool _mustVerifyAgain;
    private int _storing;
    private bool _keysDenied;

    private void Incoming()
    {
        Receive<IncomingFrame>(frame =>
        {
            if (Refusal is { } refusal)
            {
                Drop(frame.SpoolId, refusal);
                return;
            }
            _inbox.Enqueue(new Unverified(frame, _services.Clock.GetTimestamp(), _known.Suite));
            if (_known.Pinned is null || _keysDenied) Hold(frame.SpoolId);
            VerifyNext();
        });
        Receive<Overflowed>(overflowed => DropWaiting(overflowed.Frames));
        Receive<CryptoProtocol.Replies.Verified>(verified =>
        {
            _verifying = false;
            TakeVerification(verified.Message);
        });
        Receive<Stored>(stored =>
        {
            _storing--;
            if (stored.Message is null) Drop(stored.Arrival.SpoolId, DropReason.Repeated);
            else Context.Parent.Tell(new SessionProtocol.Events.FrameReceived());
            if (stored.Arrival.Content.Number is { } number) TakeNumber(number, stored.Arrival.Content.ContentHash, isRepeat: stored.Message is null);
        });
    }

    /// <summary>The sender may be invented, or gone: until there are keys, frames under this name have a small part of the spool alone.</summary>
    private void Hold(SpoolId id) => Store.HoldAsync(id, _contact, _stopping.Token)
        .PipeTo(Self, success: tooMany => new Overflowed(tooMany), failure: e => new StoreFailed(e));

    private void DropWaiting(IReadOnlyList<SpoolId> frames)
    {
        if (frames.Count == 0) return;
        var gone = frames.ToHashSet();
        // What is being verified has its answer on the way.
        if (_verifying) gone.Remove(_inbox.Peek().SpoolId);
        foreach (var waiting in (Queue<Unverified>[])[_inbox, _doubtful])
        {
            var all = waiting.ToList();
            waiting.Clear();
            foreach (var frame in all)
            {
                if (gone.Contains(frame.SpoolId)) Drop(frame.SpoolId, DropReason.Overload);
                else waiting.Enqueue(frame);
            }
        }
        if (_known.Pinned is null) PassivateIfIdle();
    }

    /// <summary>Verifies the next frame under keys that are good, or that the directory has just given: what was sent in time may arrive when its sender's keys have expired.</summary>
    private void VerifyNext(bool justAsked = false)
    {
        if (_verifying || !_inbox.TryPeek(out var head)) return;
        if (_keys is null || (!justAsked && _keys.GoodUntil <= _services.Clock.GetUtcNow()))
        {
            AskForKeys(refresh: false);
            return;
        }

        _verifying = true;
        _services.Crypto.Tell(new CryptoProtocol.Commands.Verify(head.SpoolId, head.Frame.Frame, _keys.Keys));
    }

    private void TakeKeysForIncoming(KeyAnswer answer)
    {
        var reason = answer switch
        {
            KeyAnswer.NoSuchUser or KeyAnswer.Gone => DropReason.UnknownSender,
            KeyAnswer.Untrusted => DropReason.BadKeys,
            _ => (DropReason?)null,
        };
        _keysDenied = reason is not null && answer is not KeyAnswer.Gone && _known.Pinned is not null;
        if (_doubtful.TryPeek(out var doubtful) && !NewerKeysMayHelp(doubtful)) TakeDoubtful();
        if (reason is null) VerifyNext(justAsked: true);
        else if (_keysDenied) AwaitBetterAnswer();
        else DropInbox(reason.Value);
        if (_known.Pinned is null) PassivateIfIdle();
    }

    /// <summary>There were keys of the contact, and nobody has proved that there are none now: it may be a page of some network, or a lie. The frames wait, within bounds.</summary>
    private void AwaitBetterAnswer()
    {
        if (_inbox.Count == 0) return;
        foreach (var frame in _inbox) Hold(frame.SpoolId);
        RetryKeysLater();
    }

    /// <summary>A frame that is being verified under keys known before has its own answer on the way.</summary>
    private void DropInbox(DropReason reason)
    {
        TakeDoubtful();
        var kept = _verifying ? _inbox.Dequeue() : null;
        foreach (var frame in _inbox) Drop(frame.SpoolId, reason);
        _inbox.Clear();
        if (kept is not null) _inbox.Enqueue(kept);
    }

    private void TakeVerification(Message? message)
    {
        if (_mustVerifyAgain)
        {
            // By keys that are forgotten.
            _mustVerifyAgain = false;
            VerifyNext();
            return;
        }
        var isOlder = message is not null && IsOlder(_inbox.Peek()) && !IsOnTheWay(message);
        if ((message is null || isOlder) && Refusal is null && NewerKeysMayHelp(_inbox.Peek()))
        {
            if (MayRefresh())
            {
                LookAgain();
                return;
            }
            if (message is null)
            {
                Doubt(_inbox.Dequeue());
                VerifyNext();
                return;
            }
        }

        var head = _inbox.Dequeue();
        if (Refusal is { } refusal) Drop(head.SpoolId, refusal);
        else if (message is null) Drop(head.SpoolId, DropReason.BadSignature);
        else if (isOlder && _services.Policy.OlderSuite == OlderSuitePolicy.Refuse) Drop(head.SpoolId, DropReason.OlderSuite);
        else if (_known.Trust == TrustState.Changed && _services.Policy.KeyChanges == KeyChangePolicy.Never) Drop(head.SpoolId, DropReason.KeyChanged);
        else Receive(head.Frame, message, isOlder);
        VerifyNext();
    }

    /// <summary>Whether it came by a weaker suite than was known when it arrived: what a look-up has shown since, the sender may not have been able to use.</summary>
    private bool IsOlder(Unverified arrived) => arrived.BestSuite is not null && _keys?.Keys.IsOlder(arrived.Frame.Frame, _known) == true;

    private void Receive(IncomingFrame frame, Message message, bool isOlderSuite)
    {
        if (message.Delivery?.Ack is { } ack) TakeAcknowledgement(ack);
        if (message.Delivery is { IsConfirmation: true })
        {
            Hear(message, frame.Frame);
            Context.Parent.Tell(new SessionProtocol.Events.ConfirmationTaken(frame.SpoolId));
            return;
        }

        if (message.Delivery is { Sequence: not null, Ack: null }) TakeSilence(message.SentAt);
        AcceptStranger();
        Hear(message, frame.Frame);
        var arrival = new Arrival(
            frame.SpoolId, new ReceivedContent(message, frame.Frame.ContentHash, _known.Trust == TrustState.Changed, IsOutOfTime(message.SentAt)) { IsOlderSuite = isOlderSuite });
        if (arrival.Content.Number is { } number) TakeInOrder(number, arrival);
        else StoreAll([arrival]);
    }

    private void TakeNumber(MessageNumber number, ReadOnlyMemory<byte> contentHash, bool isRepeat)
    {
        var isFirst = !_delivery.Confirms;
        _delivery = _delivery.With(number, contentHash);
        if (isFirst && _services.Receives) ReadUnconfirmed();
        Owe(number.Stream, isRepeat);
        // Whoever follows the log may have shown it before this.
        LookUpReading();
    }

    private void StoreAll(IEnumerable<Arrival> arrivals)
    {
        foreach (var arrival in arrivals)
        {
            _storing++;
            Store.ReceiveAsync(arrival.SpoolId, arrival.Content, _stopping.Token)
                .PipeTo(Self, success: stored => new Stored(arrival, stored), failure: e => new StoreFailed(e));
        }
    }

    private bool IsOutOfTime(DateTimeOffset sentAt)
    {
        var age = _services.Clock.GetUtcNow() - sentAt;
        return age > Tuning.MaxAge || -age > Tuning.MaxAhead;
    }

    private static void Drop(SpoolId id, DropReason reason) => Context.Parent.Tell(new SessionProtocol.Events.FrameDropped(id, reason));

    /// <summary>A frame whose sender is not proved yet.</summary>
    /// <param name="Frame">The frame.</param>
    /// <param name="ArrivedAt">When it came here, by the clock that is never set (<see cref="TimeProvider.GetTimestamp"/>).</param>
    /// <param name="BestSuite">The best suite that was known of the contact then.</param>
    private sealed record Unverified(IncomingFrame Frame, long ArrivedAt, string? BestSuite)
    {
        public SpoolId SpoolId => Frame.SpoolId;
    }

    private sealed record Overflowed(IReadOnlyList<SpoolId> Frames);

    /// <summary>A verified message whose frame is in the spool.</summary>
    private sealed record Arrival(SpoolId SpoolId, ReceivedContent Content);

    private sealed record Stored(Arrival Arrival, StoredMessage? Message);
}

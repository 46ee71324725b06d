using Akka.Actor;
using NesActors.Contracts;
using NesActors.Contracts.Transport;
using NesActors.Core.Crypto;
using NesActors.Core.Storage;
using NesActors.Core.Storage.Delivery;
using NesActors.Core.Suites;
using NesActors.Core.Transport;
using KeyAnswer = NesActors.Core.KeyDirectory.KeyDirectoryProtocol.Replies;

namespace NesActors.Core.Conversation;

/// <summary>
/// What has left to a contact who confirms: sent again with back-off until it is confirmed. So many at most are on their way at once, and none is so far ahead of one that is missing
/// that the contact could not keep it back; the rest waits, here or in the store, so that no broker's queue overflows.
/// </summary>
internal sealed partial class ConversationActor
{
    private readonly OrderedDictionary<MessageId, FlyingMessage> _flight = [];
    private MessageNumber? _newest;
    private MessageNumber? _landed;
    private bool _storeHasMore;
    private bool _isSilent;

    /// <summary>Whether the next message may leave.</summary>
    private bool HasRoom => !ExpectsConfirmation || IsSilent || (_flight.Count < Tuning.MaxUnconfirmed && !_storeHasMore && !IsFarAhead);

    /// <summary>Whether a message is missing that the contact still waits for while it keeps back what came after it: that has its bounds, and beyond them its order would be lost.</summary>
    private bool IsFarAhead => _newest is { } newest && _flight.Values.Any(flying =>
        flying.Message.Number.Stream == newest.Stream
        && newest.Number - flying.Message.Number.Number >= Tuning.MaxUnconfirmed - 1
        && _services.Clock.GetElapsedTime(flying.Since) < MaxGapWait + Tuning.GapWait);

    /// <summary>Whether what we send will be confirmed, and the confirmation heard.</summary>
    private bool ExpectsConfirmation => _services.Receives && _delivery.Confirms && !IsBlocked;

    /// <summary>
    /// Whether the contact could confirm and does not: is away for long, has blocked us, or keeps confirmations back. Nothing waits for them then, and the newest messages alone are sent again.
    /// </summary>
    private bool IsSilent => _isSilent || _flight.Values.Any(flying => flying.Attempts > 0 && _services.Clock.GetUtcNow() - flying.Message.SentAt > Tuning.SilentAfter);

    private void Resending()
    {
        Receive<ResendDue>(due =>
        {
            Resend(due.Id);
            Advance();
        });
        Receive<Refilled>(refilled => Refill(refilled.Messages));
        Receive<Confirmed>(_ =>
        {
            if (_storeHasMore) ReadUnconfirmed();
        });
        Receive<CryptoProtocol.Replies.Sealed>(@sealed => _flight.ContainsKey(@sealed.Id), Resealed);
        Receive<CryptoProtocol.Replies.SealFailed>(failed => _flight.ContainsKey(failed.Id), failed => _flight[failed.Id].Step = ResendStep.Waiting);
        Receive<TransportProtocol.Replies.PublishSettled>(settled => _flight.ContainsKey(settled.Id), TakeResendResult);
    }

    /// <summary>A message has left, or may have.</summary>
    private void Await(UnconfirmedMessage message)
    {
        if (_flight.ContainsKey(message.Id)) return;
        if (_flight.Count >= Tuning.MaxUnconfirmed && IsSilent)
        {
            (_isSilent, _storeHasMore) = (true, true);
            Land(_flight.GetAt(0).Value);
        }
        _flight.Add(message.Id, new FlyingMessage(message, _services.Clock.GetTimestamp()));
        if (_newest is not { } newest || newest.Stream != message.Number.Stream || newest.Number < message.Number.Number) _newest = message.Number;
        Schedule(_flight[message.Id]);
    }

    private void ReadUnconfirmed() => Store.UnconfirmedAsync(_contact, Tuning.MaxUnconfirmed + 1, _stopping.Token)
        .PipeTo(Self, success: messages => new Refilled(messages), failure: e => new StoreFailed(e));

    /// <summary>From the store: what an earlier session left, or what rested while the contact was blocked.</summary>
    private void ResendAgain()
    {
        _storeHasMore = ExpectsConfirmation;
        if (_storeHasMore) ReadUnconfirmed();
    }

    private void Refill(IReadOnlyList<UnconfirmedMessage> messages)
    {
        if (!ExpectsConfirmation) return;
        _storeHasMore = messages.Count > Tuning.MaxUnconfirmed;
        foreach (var message in messages.Take(Tuning.MaxUnconfirmed)) Await(message);
        Advance();
    }

    private void TakeAcknowledgement(Acknowledgement ack)
    {
        // What changed keys say may be somebody else's word.
        if (_known.Trust != TrustState.Pinned) return;
        _isSilent = false;
        var landed = _flight.Values.Where(flying => ack.Covers(flying.Message.Number, flying.Message.Frame.ContentHash)).ToList();
        foreach (var flying in landed)
        {
            Land(flying);
            if (_landed?.Stream != ack.Stream || IsBefore(_landed.Value, flying.Message.Number)) _landed = flying.Message.Number;
        }
        if (_outbox.TryPeek(out var head) && head is { Step: OutgoingStep.Publishing, Number: { } number } && ack.Covers(number, head.Frame!.ContentHash))
        {
            // The recipient was faster than the broker.
            _outbox.Dequeue();
            ReportOutbox();
        }
        Store.ConfirmAsync(_contact, ack, _stopping.Token).PipeTo(Self, success: () => new Confirmed(), failure: e => new StoreFailed(e));
        foreach (var missing in _flight.Values.Where(flying => flying.Message.Number.Stream == ack.Stream && IsLost(flying)).ToList()) Resend(missing.Message.Id);
        Advance();
    }

    /// <summary>A numbered text came that confirms nothing. Who confirms does so with each text, once anything has arrived: it was written after one of ours, which was sent again meanwhile.</summary>
    private void TakeSilence(DateTimeOffset writtenAt)
    {
        if (_known.Trust != TrustState.Pinned || !_flight.Values.Any(flying => flying.Attempts > 0 && flying.Message.SentAt < writtenAt)) return;
        _isSilent = true;
        Advance();
    }

    /// <summary>Something later has arrived, or the contact is there again after a while.</summary>
    private bool IsLost(FlyingMessage flying)
    {
        var age = _services.Clock.GetElapsedTime(flying.PublishedAt);
        return (IsBefore(flying.Message.Number, _landed) && (flying.Attempts == 0 || age > Tuning.GapWait / 4)) || age > Tuning.Resend.Min * 4;
    }

    private static bool IsBefore(MessageNumber number, MessageNumber? other) => other is { } later && later.Stream == number.Stream && number.Number < later.Number;

    private void Land(FlyingMessage flying)
    {
        _flight.Remove(flying.Message.Id);
        Timers.Cancel(flying.Message.Id);
    }

    private void Schedule(FlyingMessage flying) =>
        Timers.StartSingleTimer(flying.Message.Id, new ResendDue(flying.Message.Id), Tuning.Resend.Delay(flying.Attempts + 1, Random.Shared.NextDouble()));

    private void Resend(MessageId id)
    {
        if (!_flight.TryGetValue(id, out var flying)) return;
        if (flying.Step is not (ResendStep.Waiting or ResendStep.Overdue))
        {
            // The attempt before is not over.
            Schedule(flying);
            return;
        }
        if (_services.Clock.GetUtcNow() - flying.Message.SentAt > Tuning.MaxAge)
        {
            Land(flying);
            return;
        }
        if (!_connection.IsOnline)
        {
            flying.Step = ResendStep.Overdue;
            return;
        }
        flying.Attempts++;
        Schedule(flying);
        Republish(flying);
    }

    private void ResendOverdue()
    {
        foreach (var flying in _flight.Values.Where(flying => flying.Step == ResendStep.Overdue).ToList()) Resend(flying.Message.Id);
    }

    private void Republish(FlyingMessage flying)
    {
        if (_keys is null || _keys.GoodUntil <= _services.Clock.GetUtcNow())
        {
            flying.Step = ResendStep.AwaitingKeys;
            AskForKeys(refresh: false);
        }
        else if (_known.Trust == TrustState.Changed)
        {
            flying.Step = ResendStep.Waiting;
        }
        else if (_keys.Keys.RecipientOf(flying.Message.Frame.Content) != flying.Message.Frame.Recipient)
        {
            flying.Step = ResendStep.Sealing;
            _services.Crypto.Tell(new CryptoProtocol.Commands.Seal(flying.Message.Id, flying.Message.Frame.Content, _keys.Keys));
        }
        else
        {
            flying.Step = ResendStep.Publishing;
            flying.PublishedAt = _services.Clock.GetTimestamp();
            _services.Transport.Tell(new TransportProtocol.Commands.Publish(flying.Message.Id, _contact, flying.Message.Frame.Bytes));
        }
    }

    private void TakeKeysForResending(KeyAnswer answer)
    {
        foreach (var flying in _flight.Values.Where(flying => flying.Step == ResendStep.AwaitingKeys).ToList())
        {
            // Keys that have expired and that the directory still gives are asked for again when it is due, not at once.
            if (answer is KeyAnswer.Found found && !(found.GoodUntil <= _services.Clock.GetUtcNow())) Republish(flying);
            else flying.Step = ResendStep.Waiting;
        }
    }

    private void Resealed(CryptoProtocol.Replies.Sealed @sealed)
    {
        var flying = _flight[@sealed.Id];
        if (flying.Step != ResendStep.Sealing) return;
        flying.Use(flying.Message.Frame with { Bytes = @sealed.Frame, Recipient = @sealed.Recipient });
        Store.StoreFrameAsync(@sealed.Id, flying.Message.Frame, _stopping.Token).PipeTo(Self, success: () => new Recorded(), failure: e => new StoreFailed(e));
        Republish(flying);
    }

    private void TakeResendResult(TransportProtocol.Replies.PublishSettled settled)
    {
        var flying = _flight[settled.Id];
        flying.Step = settled.Result.Outcome == PublishOutcome.Confirmed ? ResendStep.Waiting : ResendStep.Overdue;
        if (flying.IsPublished || settled.Result.Outcome != PublishOutcome.Confirmed) return;
        flying.IsPublished = true;
        Record(settled.Id, MessageState.Published, SendFailure.None, null);
    }

    private sealed record ResendDue(MessageId Id);

    private sealed record Refilled(IReadOnlyList<UnconfirmedMessage> Messages);

    private sealed record Confirmed;
}

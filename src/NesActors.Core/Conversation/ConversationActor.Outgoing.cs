using Akka.Actor;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;
using NesActors.Core.Crypto;
using NesActors.Core.Storage;
using NesActors.Core.Storage.Delivery;
using NesActors.Core.Suites;
using NesActors.Core.Transport;
using static NesActors.Core.Conversation.ConversationProtocol;
using static NesActors.Core.Session.SessionProtocol;
using KeyAnswer = NesActors.Core.KeyDirectory.KeyDirectoryProtocol.Replies;

namespace NesActors.Core.Conversation;

/// <summary>The outgoing lane: one message at a time, oldest first: keys → number → compose → seal → written down → publish → settled.</summary>
internal sealed partial class ConversationActor
{
    private readonly Queue<OutgoingMessage> _outbox = new();
    private readonly Queue<Queueing> _queueing = new();
    private string? _lastKeyTrouble;

    private void Outgoing()
    {
        Receive<ResumeMessage>(resume => Resume(resume.Entry));
        Receive<Commands.SendMessage>(send =>
        {
            var queueing = new Queueing(++_turn, send.Id, new Message(_services.Me, _contact, _services.Clock.GetMillisecondNow(), send.Text), Sender);
            _queueing.Enqueue(queueing);
            Store.QueueAsync(queueing.Id, queueing.Message, _stopping.Token).PipeTo(
                Self, success: stored => new Queued(queueing, stored.IsNew), failure: e => new StoreFailed(e));
        });
        Receive<Queued>(queued =>
        {
            queued.Of.IsNew = queued.IsNew;
            // The store's answers may overtake one another. What was stored first leaves first.
            while (_queueing.TryPeek(out var first) && first.IsNew is { } isNew) TakeQueued(_queueing.Dequeue(), isNew);
        });
        Receive<CryptoProtocol.Replies.Sealed>(@sealed => IsHead(@sealed.Id, OutgoingStep.Sealing), @sealed =>
        {
            var head = _outbox.Peek();
            head.Frame = new OutgoingFrame(@sealed.Frame, @sealed.Recipient) { Content = head.Content, ContentHash = @sealed.ContentHash };
            StoreFrame();
        });
        Receive<Numbered>(numbered => IsHead(numbered.Id, OutgoingStep.Numbering), Compose);
        Receive<CryptoProtocol.Replies.Composed>(composed => IsHead(composed.Id, OutgoingStep.Composing), composed =>
        {
            _outbox.Peek().Content = composed.Content;
            Seal();
        });
        Receive<FrameStored>(stored => IsHead(stored.Id, OutgoingStep.Storing), _ => Publish());
        Receive<CryptoProtocol.Replies.SealFailed>(
            failed => IsHead(failed.Id, OutgoingStep.Sealing) || IsHead(failed.Id, OutgoingStep.Composing), failed => Settle(MessageState.Failed, SendFailure.BadKeys, failed.Detail));
        Receive<TransportProtocol.Replies.PublishSettled>(
            settled => IsHead(settled.Id, OutgoingStep.Publishing), settled => TakePublishResult(settled.Result));
        // The outcome of a message that was given up as unknown meanwhile: better late than never.
        Receive<TransportProtocol.Replies.PublishSettled>(settled => settled.Result.Outcome == PublishOutcome.Confirmed, settled =>
            Record(settled.Id, MessageState.Published, SendFailure.None, null));
        Receive<Connection>(connection =>
        {
            var isBack = connection.IsOnline && !_connection.IsOnline;
            _connection = connection;
            ResendOverdue();
            if (isBack) ResumeGap();
            Confirm();
            Advance();
        });
        Receive<RetryPublish>(_ => Advance());
        Receive<Commands.WithdrawMessage>(Withdraw);
        Receive<Recorded>(recorded =>
        {
            // The contact was not known to confirm when this left, and the store was asked for what is unconfirmed before this was in it.
            if (recorded.Left is { } left && ExpectsConfirmation) Await(left);
        });
        Receive<Numbered>(_ => { });
        Receive<CryptoProtocol.Replies.Composed>(_ => { });
        Receive<FrameStored>(_ => { });
    }

    private void TakeQueued(Queueing queued, bool isNew)
    {
        queued.ReplyTo.Tell(new Replies.SendAck(queued.Id));
        if (!isNew) return;
        if (IsBlocked)
        {
            Record(queued.Id, MessageState.Failed, SendFailure.Blocked, null);
            return;
        }
        KnowAccepted(queued.Turn);
        _outbox.Enqueue(new OutgoingMessage(queued.Id, queued.Message));
        ReportOutbox();
        Advance();
    }

    private void Resume(OutboxEntry entry)
    {
        var stored = entry.Message;
        if (!Resumption.MaySend(entry, ExpectsConfirmation))
        {
            Record(stored.Id, MessageState.Unknown, SendFailure.None, "The program ended while it was being sent.");
            return;
        }
        if (IsBlocked)
        {
            Record(stored.Id, MessageState.Failed, SendFailure.Blocked, null);
            return;
        }

        _outbox.Enqueue(new OutgoingMessage(stored.Id, new Message(_services.Me, _contact, stored.SentAt, stored.Text))
        {
            Number = entry.Number,
            Frame = entry.Frame,
            Content = entry.Frame?.Content ?? default,
            MayHaveLeft = entry.MayHaveLeft,
        });
        ReportOutbox();
        Advance();
    }

    private bool IsHead(MessageId id, OutgoingStep step) => _outbox.TryPeek(out var head) && head.Id == id && head.Step == step;

    private void Advance()
    {
        if (!_outbox.TryPeek(out var head) || head.Step != OutgoingStep.Waiting || !HasRoom) return;
        if (!_connection.IsOnline)
        {
            if (!_services.Receives && PermanentFailure() is { } failure) Settle(MessageState.Failed, failure, _connection.Detail);
            return;
        }

        if (_keys is { } known && head.Frame is { } frame && ChoiceUnder(known) is { Failure: SendFailure.None } choice && Fits(head, frame, known.Keys, choice))
        {
            StoreFrame();
            return;
        }

        head.Step = OutgoingStep.AwaitingKeys;
        AskForKeys(refresh: false);
    }

    private void TakeKeysForOutgoing(KeyAnswer answer)
    {
        if (!_outbox.TryPeek(out var head) || head.Step != OutgoingStep.AwaitingKeys) return;
        switch (answer)
        {
            case KeyAnswer.Found when _known.Trust == TrustState.Changed:
                Settle(MessageState.Failed, SendFailure.KeyChanged, null);
                break;
            case KeyAnswer.Found found:
                Prepare(head, found);
                break;
            case KeyAnswer.NoSuchUser:
                Settle(MessageState.Failed, SendFailure.UnknownUser, null);
                break;
            case KeyAnswer.Gone gone:
                Settle(MessageState.Failed, gone.Failure, gone.Detail);
                break;
            case KeyAnswer.Untrusted untrusted:
                Settle(MessageState.Failed, SendFailure.BadKeys, untrusted.Detail);
                break;
        }
    }

    private void Prepare(OutgoingMessage head, KeyAnswer.Found found)
    {
        var (keys, choice) = (found.Keys, ChoiceUnder(found));
        if (choice.Failure != SendFailure.None)
        {
            Settle(MessageState.Failed, choice.Failure, choice.Detail);
            return;
        }
        if (head.Frame is { } frame && Fits(head, frame, keys, choice))
        {
            StoreFrame();
            return;
        }
        (head.Keys, head.Suite, head.Capabilities) = (keys, choice.Suite, CapabilitiesUnder(found));
        if (head.Content.IsEmpty || !(head.MayHaveLeft || IsBy(choice, head.Content))) Number();
        else Seal();
    }

    /// <summary>Whether the bytes can go out as they are: they are for the keys that the contact has, by the suite that is chosen now, unless they may be there already.</summary>
    private static bool Fits(OutgoingMessage message, OutgoingFrame frame, IPeerIdentity keys, SuiteChoice choice) =>
        frame.Recipient == keys.RecipientOf(frame.Content) && (message.MayHaveLeft || IsBy(choice, frame.Content));

    private static bool IsBy(SuiteChoice choice, ReadOnlyMemory<byte> content) => choice.Suite is null || SuiteContent.SuiteOf(content.Span) == choice.Suite;

    private void Number()
    {
        var head = _outbox.Peek();
        head.Step = OutgoingStep.Numbering;
        Store.NumberAsync(head.Id, _stopping.Token).PipeTo(Self, success: place => new Numbered(head.Id, place), failure: NotWaiting);
    }

    private void Compose(Numbered numbered)
    {
        var head = _outbox.Peek();
        var (number, previous) = numbered.Place;
        (head.Step, head.Number) = (OutgoingStep.Composing, number);
        var delivery = new Contracts.Delivery { Stream = number.Stream, Sequence = number.Number, Previous = previous, Ack = TextAcknowledgement() };
        _services.Crypto.Tell(new CryptoProtocol.Commands.Compose(head.Id, head.Message with { Delivery = delivery, Capabilities = head.Capabilities }, head.Suite));
    }

    private void Seal()
    {
        var head = _outbox.Peek();
        head.Step = OutgoingStep.Sealing;
        _services.Crypto.Tell(new CryptoProtocol.Commands.Seal(head.Id, head.Content, head.Keys!));
    }

    /// <summary>What is about to leave is written down first: after a crash it is known that it may have.</summary>
    private void StoreFrame()
    {
        var head = _outbox.Peek();
        head.Step = OutgoingStep.Storing;
        Store.StoreFrameAsync(head.Id, head.Frame!, _stopping.Token).PipeTo(Self, success: () => new FrameStored(head.Id), failure: e => new StoreFailed(e));
    }

    private void Publish()
    {
        var head = _outbox.Peek();
        (head.Step, head.MayHaveLeft) = (OutgoingStep.Publishing, true);
        _services.Transport.Tell(new TransportProtocol.Commands.Publish(head.Id, _contact, head.Frame!.Bytes));
    }

    private void TakePublishResult(PublishResult result)
    {
        switch (result.Outcome)
        {
            case PublishOutcome.Confirmed:
                SettleUnconfirmed(MessageState.Published, null);
                break;
            case PublishOutcome.Refused:
                Settle(MessageState.Failed, SendFailure.Refused, result.Detail);
                break;
            case PublishOutcome.Unknown:
                SettleUnconfirmed(MessageState.Unknown, result.Detail);
                break;
            case PublishOutcome.NotSent:
                // The session tells when there is a connection again; a failure on a live one is tried again after a while.
                var head = _outbox.Peek();
                (head.Step, head.MayHaveLeft) = (OutgoingStep.Waiting, false);
                Store.NotSentAsync(head.Id, _stopping.Token).PipeTo(Self, success: () => new Recorded(), failure: e => new StoreFailed(e));
                if (_connection.IsOnline) Timers.StartSingleTimer(nameof(RetryPublish), new RetryPublish(), Tuning.Reconnect.Min);
                break;
        }
    }

    /// <summary>Takes the answer "not now" as final. What may have left already cannot be taken back.</summary>
    private void Withdraw(Commands.WithdrawMessage command)
    {
        var replyTo = Sender;
        var wanted = _outbox.FirstOrDefault(message => message.Id == command.Id);
        if (wanted is null)
        {
            replyTo.Tell(new Replies.WithdrawAck(command.Id));
            return;
        }

        var (state, failure, detail) = wanted.Step switch
        {
            OutgoingStep.Publishing => (MessageState.Unknown, SendFailure.None, "The broker has not confirmed it in time."),
            _ when !_connection.IsOnline => (MessageState.Failed, SendFailure.BrokerUnavailable, _connection.Detail ?? "Not connected yet."),
            OutgoingStep.AwaitingKeys => (MessageState.Failed, SendFailure.DirectoryUnavailable, _lastKeyTrouble ?? "No answer yet."),
            _ => (MessageState.Failed, SendFailure.Withdrawn, "It was still waiting."),
        };
        var wasHead = wanted == _outbox.Peek();
        Remove(wanted);
        RecordAsync(wanted.Id, state, failure, detail).PipeTo(
            replyTo, Self, success: _ => new Replies.WithdrawAck(command.Id), failure: e => new Status.Failure(e));
        if (wasHead) Advance();
    }

    private void SettleUnconfirmed(MessageState state, string? detail)
    {
        var head = _outbox.Peek();
        var left = new UnconfirmedMessage(head.Id, head.Message.SentAt, head.Number!.Value, head.Frame!, state == MessageState.Published);
        if (ExpectsConfirmation)
        {
            Await(left);
            Settle(state, SendFailure.None, detail);
        }
        else
        {
            Settle(state, SendFailure.None, detail, left);
        }
    }

    private void Settle(MessageState state, SendFailure failure, string? detail, UnconfirmedMessage? left = null)
    {
        var head = _outbox.Dequeue();
        Record(head.Id, state, failure, detail, left);
        ReportOutbox();
        Advance();
    }

    private void Record(MessageId id, MessageState state, SendFailure failure, string? detail, UnconfirmedMessage? left = null) =>
        RecordAsync(id, state, failure, detail).PipeTo(Self, success: _ => new Recorded(left), failure: NotWaiting);

    private Task<StoredMessage> RecordAsync(MessageId id, MessageState state, SendFailure failure, string? detail) =>
        Store.AdvanceAsync(id, state, failure, detail, _stopping.Token);

    /// <summary>The person has deleted it, or another process has settled it meanwhile.</summary>
    private static object NotWaiting(Exception error) => error is KeyNotFoundException ? new Recorded() : new StoreFailed(error);

    private void Remove(OutgoingMessage message)
    {
        var rest = _outbox.Where(other => other != message).ToArray();
        _outbox.Clear();
        foreach (var other in rest) _outbox.Enqueue(other);
        ReportOutbox();
    }

    private void ReportOutbox() => Context.Parent.Tell(new Events.OutboxChanged(_contact, _outbox.Count));

    private SendFailure? PermanentFailure() => _connection.Failure switch
    {
        TransportFailure.Refused => SendFailure.Refused,
        TransportFailure.Untrusted => SendFailure.BrokerUntrusted,
        TransportFailure.Misconfigured => SendFailure.BrokerMisconfigured,
        _ => null,
    };

    /// <summary>A message that is being written down, in its place among those before and behind it.</summary>
    private sealed class Queueing(int turn, MessageId id, Message message, IActorRef replyTo)
    {
        public int Turn { get; } = turn;

        public MessageId Id { get; } = id;

        public Message Message { get; } = message;

        public IActorRef ReplyTo { get; } = replyTo;

        /// <summary>Whether it was not known before; null until it is written down.</summary>
        public bool? IsNew { get; set; }
    }

    private sealed record Queued(Queueing Of, bool IsNew);

    private sealed record Numbered(MessageId Id, ChainedNumber Place);

    private sealed record FrameStored(MessageId Id);

    private sealed record Recorded(UnconfirmedMessage? Left = null);

    private sealed record RetryPublish;
}

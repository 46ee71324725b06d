using Akka.Actor;
using NesActors.Contracts;
using NesActors.Contracts.Transport;
using NesActors.Core.Crypto;
using NesActors.Core.Transport;
using static NesActors.Core.Conversation.ConversationProtocol;
using static NesActors.Core.Session.SessionProtocol;
using KeyAnswer = NesActors.Core.KeyDirectory.KeyDirectoryProtocol.Replies;

namespace NesActors.Core.Conversation;

/// <summary>The outgoing lane: one message at a time, oldest first: keys → seal → publish → settled.</summary>
internal sealed partial class ConversationActor
{
    private readonly Queue<OutgoingMessage> _outbox = new();
    private int _queueing;
    private string? _lastKeyTrouble;

    private void Outgoing()
    {
        Receive<Commands.SendMessage>(send =>
        {
            var replyTo = Sender;
            var sentAt = DateTimeOffset.FromUnixTimeMilliseconds(_services.Clock.GetUtcNow().ToUnixTimeMilliseconds());
            var message = new Message(_services.Me, _contact, sentAt, send.Text);
            _queueing++;
            Store.QueueAsync(send.Id, message, _stopping.Token).PipeTo(
                Self, success: stored => new Queued(send.Id, message, stored.IsNew, replyTo), failure: e => new StoreFailed(e));
        });
        Receive<Queued>(queued =>
        {
            _queueing--;
            queued.ReplyTo.Tell(new Replies.SendAck(queued.Id));
            if (!queued.IsNew) return;
            _outbox.Enqueue(new OutgoingMessage(queued.Id, queued.Message));
            ReportOutbox();
            Advance();
        });
        Receive<CryptoProtocol.Replies.Sealed>(@sealed => IsHead(@sealed.Id, OutgoingStep.Sealing), @sealed =>
        {
            _outbox.Peek().Frame = @sealed.Frame;
            Publish();
        });
        Receive<CryptoProtocol.Replies.SealFailed>(
            failed => IsHead(failed.Id, OutgoingStep.Sealing), failed => Settle(MessageState.Failed, SendFailure.BadKeys, failed.Detail));
        Receive<TransportProtocol.Replies.PublishSettled>(
            settled => IsHead(settled.Id, OutgoingStep.Publishing), settled => TakePublishResult(settled.Result));
        // The outcome of a message that was given up as unknown meanwhile: better late than never.
        Receive<TransportProtocol.Replies.PublishSettled>(settled => settled.Result.Outcome == PublishOutcome.Confirmed, settled =>
            Record(settled.Id, MessageState.Published, SendFailure.None, null));
        Receive<Connection>(connection =>
        {
            _connection = connection;
            Advance();
        });
        Receive<RetryPublish>(_ => Advance());
        Receive<Commands.WithdrawMessage>(Withdraw);
        Receive<Recorded>(_ => { });
    }

    private bool IsHead(MessageId id, OutgoingStep step) => _outbox.TryPeek(out var head) && head.Id == id && head.Step == step;

    private void Advance()
    {
        if (!_outbox.TryPeek(out var head) || head.Step != OutgoingStep.Waiting) return;
        if (!_connection.IsOnline)
        {
            if (_services.FailsWhenRefused && PermanentFailure() is { } failure) Settle(MessageState.Failed, failure, _connection.Detail);
            return;
        }

        if (!head.Frame.IsEmpty)
        {
            Publish();
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
            case KeyAnswer.Found when _trust.State == TrustState.Changed:
                Settle(MessageState.Failed, SendFailure.KeyChanged, null);
                break;
            case KeyAnswer.Found found:
                head.Step = OutgoingStep.Sealing;
                _services.Crypto.Tell(new CryptoProtocol.Commands.Seal(head.Id, head.Message, found.Keys));
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

    private void Publish()
    {
        var head = _outbox.Peek();
        head.Step = OutgoingStep.Publishing;
        _services.Transport.Tell(new TransportProtocol.Commands.Publish(head.Id, _contact, head.Frame));
    }

    private void TakePublishResult(PublishResult result)
    {
        switch (result.Outcome)
        {
            case PublishOutcome.Confirmed:
                Settle(MessageState.Published, SendFailure.None, null);
                break;
            case PublishOutcome.Refused:
                Settle(MessageState.Failed, SendFailure.Refused, result.Detail);
                break;
            case PublishOutcome.Unknown:
                Settle(MessageState.Unknown, SendFailure.None, result.Detail);
                break;
            case PublishOutcome.NotSent:
                // The session tells when there is a connection again; a failure on a live one is tried again after a while.
                _outbox.Peek().Step = OutgoingStep.Waiting;
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

    private void Settle(MessageState state, SendFailure failure, string? detail)
    {
        var head = _outbox.Dequeue();
        Record(head.Id, state, failure, detail);
        ReportOutbox();
        Advance();
    }

    private void Record(MessageId id, MessageState state, SendFailure failure, string? detail) =>
        RecordAsync(id, state, failure, detail).PipeTo(Self, success: _ => new Recorded(), failure: e => new StoreFailed(e));

    private Task<StoredMessage> RecordAsync(MessageId id, MessageState state, SendFailure failure, string? detail) =>
        Store.AdvanceAsync(id, state, failure, detail, _stopping.Token);

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

    private sealed record Queued(MessageId Id, Message Message, bool IsNew, IActorRef ReplyTo);

    private sealed record Recorded;

    private sealed record RetryPublish;
}

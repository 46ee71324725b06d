using Akka.Actor;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Crypto;
using NesActors.Core.Session;
using NesActors.Core.Storage;
using static NesActors.Core.Conversation.ConversationProtocol;
using KeyAnswer = NesActors.Core.KeyDirectory.KeyDirectoryProtocol.Replies;

namespace NesActors.Core.Conversation;

/// <summary>The incoming lane: one frame at a time, in the order of arrival: keys → verify → time → not seen → store.</summary>
internal sealed partial class ConversationActor
{
    private readonly Queue<IncomingFrame> _inbox = new();
    private bool _verifying;
    private bool _refreshedForHead;
    private long? _lastRefresh;
    private int _storing;

    private void Incoming()
    {
        Receive<IncomingFrame>(frame =>
        {
            _inbox.Enqueue(frame);
            VerifyNext();
        });
        Receive<CryptoProtocol.Replies.Verified>(verified =>
        {
            _verifying = false;
            TakeVerification(verified.Message);
        });
        Receive<Stored>(stored =>
        {
            _storing--;
            if (stored.Message is null) Drop(stored.SpoolId, DropReason.Repeated);
            else Context.Parent.Tell(new SessionProtocol.Events.FrameReceived());
        });
    }

    private void VerifyNext()
    {
        if (_verifying || !_inbox.TryPeek(out var head)) return;
        if (_keys is null || _keys.GoodUntil <= _services.Clock.GetUtcNow())
        {
            AskForKeys(refresh: false);
            return;
        }

        _verifying = true;
        _services.Crypto.Tell(new CryptoProtocol.Commands.Verify(head.SpoolId, head.Frame, _keys.Keys));
    }

    private void TakeKeysForIncoming(KeyAnswer answer)
    {
        var reason = answer switch
        {
            KeyAnswer.NoSuchUser or KeyAnswer.Gone => DropReason.UnknownSender,
            KeyAnswer.Untrusted => DropReason.BadKeys,
            _ => (DropReason?)null,
        };
        if (reason is null)
        {
            VerifyNext();
            return;
        }

        // A frame that is being verified under keys known before has its own answer on the way.
        var kept = _verifying ? _inbox.Dequeue() : null;
        foreach (var frame in _inbox) Drop(frame.SpoolId, reason.Value);
        _inbox.Clear();
        if (kept is not null) _inbox.Enqueue(kept);
        if (_trust.Pinned is null) PassivateIfIdle();
    }

    private void TakeVerification(Message? message)
    {
        if (message is null && MayRefresh())
        {
            // The sender may have new keys, which only the directory knows.
            _refreshedForHead = true;
            _lastRefresh = _services.Clock.GetTimestamp();
            _keys = null;
            AskForKeys(refresh: true);
            return;
        }

        _refreshedForHead = false;
        var head = _inbox.Dequeue();
        if (message is null) Drop(head.SpoolId, DropReason.BadSignature);
        else Receive(head, message);
        VerifyNext();
    }

    private bool MayRefresh() => !_refreshedForHead && (_lastRefresh is not { } last || _services.Clock.GetElapsedTime(last) > Tuning.RefreshInterval);

    private void Receive(IncomingFrame frame, Message message)
    {
        var content = new ReceivedContent(message, frame.Frame.ContentHash, _trust.State == TrustState.Changed, IsOutOfTime(message.SentAt));
        _storing++;
        Store.ReceiveAsync(frame.SpoolId, content, _stopping.Token)
            .PipeTo(Self, success: stored => new Stored(frame.SpoolId, stored), failure: e => new StoreFailed(e));
    }

    private bool IsOutOfTime(DateTimeOffset sentAt)
    {
        var age = _services.Clock.GetUtcNow() - sentAt;
        return age > Tuning.MaxAge || -age > Tuning.MaxAhead;
    }

    private static void Drop(SpoolId id, DropReason reason) => Context.Parent.Tell(new SessionProtocol.Events.FrameDropped(id, reason));

    private sealed record Stored(SpoolId SpoolId, StoredMessage? Message);
}

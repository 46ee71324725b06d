using Akka.Actor;
using Akka.Event;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;
using NesActors.Core.Conversation;
using NesActors.Core.Crypto;
using NesActors.Core.Storage;
using NesActors.Core.Transport;
using static NesActors.Core.Session.SessionProtocol;

namespace NesActors.Core.Session;

/// <summary>
/// The two inbound stages. One, without cryptography: size → spool → acknowledge, so that nothing a stranger sends can stall the
/// mailbox. Two, in one order: open → the sender's name is valid → the recipient is me → the sender is not blocked, nor a stranger where none are wanted → (in the conversation) keys → verify → time → not seen →
/// store. Frames open in parallel and go on in the order they arrived, behind those that the session before this one left in the spool.
/// </summary>
internal sealed partial class SessionActor
{
    private const int RereadAtOnce = 32;
    private const int SpooledAtOnce = 256;

    private readonly Queue<InboundFrame> _unacknowledged = new();
    private readonly InboundOrder<CryptoProtocol.Replies.Opened> _order = new();
    private readonly Dictionary<DropReason, long> _dropped = [];
    private int _spooling;
    private bool _rereading;
    private bool _roomMeanwhile;
    private long _received;

    private void Inbound()
    {
        Receive<TransportProtocol.Events.FrameArrived>(arrived => TakeArrived(arrived.Frame));
        Receive<Spooled>(spooled =>
        {
            _spooling = 0;
            TakeSpooled(spooled.Ids);
        });
        Receive<Reread>(reread => TakeReread(reread.Frames));
        Receive<CryptoProtocol.Replies.Opened>(opened =>
        {
            foreach (var next in _order.Take(opened.Number, opened)) HandOn(next);
        });
        Receive<Events.FrameDropped>(dropped => Drop(dropped.SpoolId, dropped.Reason));
        Receive<Events.ConfirmationTaken>(taken => Unspool(taken.SpoolId));
        Receive<FrameGone>(_ => TakeRoom());
        Receive<Events.FrameReceived>(_ =>
        {
            _received++;
            TakeRoom();
        });
    }

    private void TakeArrived(InboundFrame frame)
    {
        if (frame.Payload.Length > _tuning.MaxFrameSize)
        {
            frame.Acknowledge();
            Count(DropReason.TooLarge);
        }
        else if (_unacknowledged.Count >= _tuning.MaxUnacknowledged)
        {
            // Not acknowledged: it comes again with the next connection, where the broker keeps what it was not told that we have.
            Count(DropReason.Overload);
        }
        else
        {
            _unacknowledged.Enqueue(frame);
            SpoolNext();
        }
    }

    /// <summary>The connection is gone. What the broker keeps for us comes again with the next one; of what it does not keep, this is all there is.</summary>
    private void ForgetUnacknowledged()
    {
        if (_options.TransportOptions.SessionExpiry == TimeSpan.Zero) return;
        var beingWritten = _unacknowledged.Take(_spooling).ToList();
        _unacknowledged.Clear();
        foreach (var frame in beingWritten) _unacknowledged.Enqueue(frame);
    }

    private void SpoolNext()
    {
        if (_spooling > 0 || _rereading || _unacknowledged.Count == 0) return;
        _roomMeanwhile = false;
        // All that came while the last ones were written: the disk is waited for once for them.
        var frames = _unacknowledged.Take(SpooledAtOnce).Select(frame => frame.Payload).ToList();
        _spooling = frames.Count;
        _store.SpoolAsync(frames, _stopping.Token).PipeTo(Self, success: ids => new Spooled(ids), failure: e => new StoreFailed(e));
    }

    private void ReadSpool(SpoolId after)
    {
        _rereading = true;
        _store.SpooledAsync(after, RereadAtOnce, _stopping.Token).PipeTo(Self, success: frames => new Reread(frames), failure: e => new StoreFailed(e));
    }

    /// <summary>What arrives meanwhile comes behind it.</summary>
    private void TakeReread(IReadOnlyList<SpooledFrame> frames)
    {
        foreach (var frame in frames) Open(frame.Id, frame.Frame);
        if (frames.Count > 0)
        {
            ReadSpool(frames[^1].Id);
            return;
        }

        _rereading = false;
        SpoolNext();
    }

    private void TakeSpooled(IReadOnlyList<SpoolId> ids)
    {
        foreach (var id in ids)
        {
            var frame = _unacknowledged.Dequeue();
            frame.Acknowledge();
            Open(id, frame.Payload);
        }

        // No room: the next frame that leaves the spool makes another attempt, unless one has left during this one.
        if (ids.Count > 0 || _roomMeanwhile) SpoolNext();
    }

    private void TakeRoom()
    {
        _roomMeanwhile = true;
        SpoolNext();
    }

    private void Open(SpoolId id, ReadOnlyMemory<byte> frame) => _crypto.Tell(new CryptoProtocol.Commands.Open(_order.Issue(), id, frame));

    private void HandOn(CryptoProtocol.Replies.Opened opened)
    {
        if (opened.Result.Frame is not { } frame) Drop(opened.SpoolId, opened.Result.Reason);
        else if (!Username.TryParse(frame.ClaimedSender, out var sender)) Drop(opened.SpoolId, DropReason.BadSender);
        else if (frame.ClaimedRecipient != Me.Value) Drop(opened.SpoolId, DropReason.NotForMe);
        else if (_options.ContactPolicy.RefusalOf(_standings.GetValueOrDefault(sender)) is { } refusal) Drop(opened.SpoolId, refusal);
        else _conversations.Tell(sender, new ConversationProtocol.IncomingFrame(sender, opened.SpoolId, frame), Self);
    }

    private void Drop(SpoolId id, DropReason reason)
    {
        Count(reason);
        // A repeat left the spool when the store recognised it; removing it again changes nothing.
        Unspool(id);
    }

    private void Unspool(SpoolId id) => _store.DropAsync(id, _stopping.Token).PipeTo(Self, success: () => new FrameGone(), failure: e => new StoreFailed(e));

    private void Count(DropReason reason)
    {
        _dropped[reason] = _dropped.GetValueOrDefault(reason) + 1;
        _log.Debug("Dropped a frame: {0}", reason.ToCode());
    }

    private sealed record Spooled(IReadOnlyList<SpoolId> Ids);

    /// <summary>A dropped frame has left the spool: there is room.</summary>
    private sealed record FrameGone;

    private sealed record Reread(IReadOnlyList<SpooledFrame> Frames);
}

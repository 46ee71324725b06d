using Akka.Actor;
using NesActors.Contracts;
using static NesActors.Core.Conversation.ConversationProtocol;

namespace NesActors.Core.Conversation;

/// <summary>
/// Tells the contact what was read, where the person wants that: with the confirmation that follows. One that is lost is not sent again: the next one tells it too.
/// </summary>
internal sealed partial class ConversationActor
{
    private readonly Dictionary<StreamId, long> _readUpTo = [];

    private bool TellsReading => MayConfirm && (_known.ReadReceipts ?? _services.Policy.SendReadReceipts);

    private void Reading()
    {
        Receive<ReadHere>(_ => LookUpReading());
        Receive<ReadingFound>(found =>
        {
            if (found.UpTo <= ToldRead(found.Stream)) return;
            _readUpTo[found.Stream] = found.UpTo;
            Owe(found.Stream, isRepeat: false);
        });
    }

    private void LookUpReading()
    {
        if (!TellsReading || _delivery.Latest is not { Stream: var stream }) return;
        Store.ReadUpToAsync(_contact, stream, _stopping.Token)
            .PipeTo(Self, success: upTo => new ReadingFound(stream, upTo), failure: e => new StoreFailed(e));
    }

    private long ToldRead(StreamId stream) => TellsReading ? _readUpTo.GetValueOrDefault(stream) : 0;

    private sealed record ReadingFound(StreamId Stream, long UpTo);
}

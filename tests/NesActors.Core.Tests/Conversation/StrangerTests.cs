using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Conversation;
using NesActors.Core.Session;
using NesActors.Core.Storage;
using NesActors.Testing;
using static NesActors.Core.KeyDirectory.KeyDirectoryProtocol.Queries;
using KeyAnswer = NesActors.Core.KeyDirectory.KeyDirectoryProtocol.Replies;

namespace NesActors.Core.Tests.Conversation;

public sealed class StrangerTests : ConversationSpec
{
    private static readonly string Large = new('x', 1 << 20);

    [Fact]
    public void Of_a_stranger_who_sends_much_while_there_are_no_keys_the_oldest_frames_are_dropped()
    {
        var conversation = Start();
        var ids = Enumerable.Range(0, 6).Select(i => Deliver(conversation, $"{i}{Large}")).ToList();
        Assert.Equal(
            [new(ids[0], DropReason.Overload), new(ids[1], DropReason.Overload), new(ids[2], DropReason.Overload)],
            Enumerable.Range(0, 3).Select(_ => Session.ExpectMsg<SessionProtocol.Events.FrameDropped>(Patience)));
        AnswerKeys();
        for (var i = 0; i < 3; i++) Session.ExpectMsg<SessionProtocol.Events.FrameReceived>(Patience);
        Assert.Equal(['3', '4', '5'], History().Select(message => message.Text[0]));
    }

    [Fact]
    public async Task One_stranger_too_many_is_dropped_and_leaves_memory_at_once()
    {
        for (var i = 0; i < SpoolAccount.MaxHeldSenders; i++)
            await Store.HoldAsync((await Store.SpoolAsync([new byte[1]], default)).Single(), Username.Parse($"stranger-{i}"), default);
        var conversation = Start();

        var id = Deliver(conversation, "hello");

        Session.ExpectMsg(new SessionProtocol.Events.FrameDropped(id, DropReason.Overload), Patience);
        Session.ExpectMsg(new ConversationProtocol.Passivate(Amy), Patience);
    }

    [Fact]
    public void A_contact_is_not_limited_so()
    {
        var conversation = Start();
        Deliver(conversation, "hello");
        AnswerKeysOfToday();
        Session.ExpectMsg<SessionProtocol.Events.FrameReceived>(Patience);

        Clock.Advance(TimeSpan.FromDays(1));
        for (var i = 0; i < 6; i++) Deliver(conversation, $"{i}{Large}");
        AnswerKeysOfToday();
        for (var i = 0; i < 6; i++) Session.ExpectMsg<SessionProtocol.Events.FrameReceived>(Patience);
    }

    private void AnswerKeysOfToday()
    {
        Directory.ExpectMsg<GetKeys>(Patience);
        Directory.Reply(new KeyAnswer.Found(new PlainSuite.Peer(Amy, "1"), Vouching.Proved, Clock.GetUtcNow().AddHours(1)));
    }
}

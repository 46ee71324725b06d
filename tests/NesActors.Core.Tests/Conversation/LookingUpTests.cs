using Akka.Actor;
using NesActors.Contracts;
using NesActors.Core.Session;
using NesActors.Testing;
using static NesActors.Core.KeyDirectory.KeyDirectoryProtocol.Queries;
using KeyAnswer = NesActors.Core.KeyDirectory.KeyDirectoryProtocol.Replies;

namespace NesActors.Core.Tests.Conversation;

/// <summary>The person asks for somebody's keys.</summary>
public sealed class LookingUpTests : ConversationSpec
{
    [Fact]
    public void The_first_keys_are_pinned_and_nobody_is_accepted_by_that()
    {
        var conversation = Start(isOnline: false);
        Ask(conversation);
        Assert.Equal(new GetKeys(Amy, IsStranger: false, Refresh: true), Directory.ExpectMsg<GetKeys>(Patience));
        Directory.Reply(new KeyAnswer.Found(new PlainSuite.Peer(Amy, "1"), Vouching.Plain));
        var found = ExpectMsg<KeyLookUp>(Patience);
        Assert.Equal((SendFailure.None, TrustState.Pinned, ContactStanding.Stranger, Vouching.Plain), (found.Failure, found.Contact.Trust, found.Contact.Standing, found.Contact.Vouched));
        Assert.Equal(ContactNow(), found.Contact);
    }

    [Fact]
    public void Other_keys_are_put_on_offer()
    {
        var conversation = Start(isOnline: false);
        foreach (var key in new[] { "1", "2" })
        {
            Ask(conversation);
            AnswerKeys(key);
            var contact = ExpectMsg<KeyLookUp>(Patience).Contact;
            Assert.Equal((FingerprintOf("1"), key == "1" ? null : FingerprintOf("2")), (contact.Pinned!.Value, contact.Offered));
        }
    }

    [Fact]
    public void All_who_ask_at_once_are_answered_and_the_directory_is_asked_once()
    {
        var conversation = Start();
        Ask(conversation);
        Ask(conversation);
        AnswerKeys();
        Assert.Equal(ExpectMsg<KeyLookUp>(Patience), ExpectMsg<KeyLookUp>(Patience));
        Directory.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void What_the_directory_says_instead_is_told()
    {
        var conversation = Start();
        foreach (var (answer, failure, detail) in new (KeyAnswer Answer, SendFailure Failure, string? Detail)[]
        {
            (new KeyAnswer.NoSuchUser(), SendFailure.UnknownUser, null),
            (new KeyAnswer.Gone(SendFailure.KeysRevoked, "revoked"), SendFailure.KeysRevoked, "revoked"),
            (new KeyAnswer.Untrusted("forged"), SendFailure.BadKeys, "forged"),
            (new KeyAnswer.Unavailable("down"), SendFailure.DirectoryUnavailable, "down"),
        })
        {
            Ask(conversation);
            Directory.ExpectMsg<GetKeys>(Patience);
            Directory.Reply(answer);
            var told = ExpectMsg<KeyLookUp>(Patience);
            Assert.Equal((failure, detail, TrustState.Unseen), (told.Failure, told.Detail, told.Contact.Trust));
        }
    }

    [Fact]
    public void A_message_that_waits_for_the_same_keys_goes_out()
    {
        var conversation = Start();
        var id = Send(conversation, "hello");
        Ask(conversation);
        AnswerKeys();
        Assert.Equal(TrustState.Pinned, ExpectMsg<KeyLookUp>(Patience).Contact.Trust);
        Assert.Equal(id, Transport.ExpectMsg<Core.Transport.TransportProtocol.Commands.Publish>(Patience).Id);
    }

    [Fact]
    public void Whoever_asks_about_somebody_who_is_forgotten_meanwhile_is_told()
    {
        var conversation = Start();
        Ask(conversation);
        Directory.ExpectMsg<GetKeys>(Patience);
        conversation.Tell(new SessionProtocol.Commands.ChangeContact(Me, Amy, new ContactChange.Forget()), TestActor);
        Assert.Equal(SendFailure.DirectoryUnavailable, ExpectMsg<KeyLookUp>(Patience).Failure);
        ExpectMsg<SessionProtocol.Replies.ContactAck>(Patience);
    }

    private void Ask(IActorRef conversation) => conversation.Tell(new SessionProtocol.Queries.LookUpKeys(Me, Amy), TestActor);
}

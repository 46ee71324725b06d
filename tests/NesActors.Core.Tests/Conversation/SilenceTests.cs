using Akka.Actor;
using Akka.TestKit;
using NesActors.Contracts;
using NesActors.Contracts.Transport;
using static NesActors.Core.Transport.TransportProtocol;

namespace NesActors.Core.Tests.Conversation;

/// <summary>A contact who numbers messages, and confirms none of ours.</summary>
public sealed class SilenceTests : DeliverySpec
{
    private readonly List<MessageId> _repeated = [];

    public SilenceTests() => Tuning = Tuning with { MaxUnconfirmed = 2, Resend = Soon };

    [Fact]
    public void Nothing_waits_for_a_contact_who_writes_and_confirms_nothing()
    {
        var conversation = Known();
        AwaitRepeat(Send(conversation, "one"));
        AwaitPublished(Send(conversation, "two"));
        var third = Send(conversation, "three");
        Clock.Advance(TimeSpan.FromSeconds(20));
        Arrive(conversation, 2, "I say nothing of it");
        AwaitPublished(third);
        AwaitPublished(Send(conversation, "four"));
    }

    [Fact]
    public void What_was_written_before_ours_could_be_there_says_nothing_about_confirmations()
    {
        var conversation = Known();
        var written = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromSeconds(20));
        AwaitRepeat(Send(conversation, "one"));
        AwaitPublished(Send(conversation, "two"));
        var third = Send(conversation, "three");
        Deliver(conversation, "late", sentAt: written, delivery: new Contracts.Delivery { Stream = Amys, Sequence = 2 });
        AwaitStored(2);
        AwaitRepeat(_repeated[^1]);
        Assert.Equal(MessageState.Queued, State(third).State);
    }

    [Fact]
    public void Nothing_waits_for_a_contact_who_has_confirmed_nothing_for_a_day()
    {
        var conversation = Known();
        AwaitRepeat(Send(conversation, "one"));
        AwaitPublished(Send(conversation, "two"));
        var third = Send(conversation, "three");
        AwaitRepeat(_repeated[^1]);
        Assert.Equal(MessageState.Queued, State(third).State);
        Clock.Advance(Tuning.SilentAfter + TimeSpan.FromMinutes(1));
        AwaitPublished(third);
    }

    [Fact]
    public void Of_what_a_silent_contact_was_sent_the_newest_alone_is_sent_again()
    {
        var conversation = Known();
        AwaitRepeat(Send(conversation, "one"));
        Clock.Advance(Tuning.SilentAfter + TimeSpan.FromMinutes(1));
        MessageId[] all = [.. Enumerable.Range(2, 4).Select(number => Send(conversation, $"text {number}"))];
        AwaitPublished(all[^1]);
        // What was on its way to the broker before the newest came.
        for (var i = 0; i < 6; i++) Next();
        var newest = all[^2..];
        Assert.All(Enumerable.Range(0, 8).Select(_ => Next()).ToArray(), id => Assert.Contains(id, newest));
    }

    [Fact]
    public async Task A_contact_who_confirms_again_is_waited_for_again_and_what_is_still_missing_is_sent_again()
    {
        var conversation = Known();
        var first = Send(conversation, "one");
        AwaitRepeat(first);
        Clock.Advance(Tuning.SilentAfter + TimeSpan.FromMinutes(1));
        MessageId[] all = [first, .. Enumerable.Range(2, 4).Select(number => Send(conversation, $"text {number}"))];
        AwaitPublished(all[^1]);
        var stream = Assert.Single(await Store.UnconfirmedAsync(Amy, 1, default)).Number.Stream;

        Confirm(conversation, stream, 1);
        AwaitState(first, MessageState.Delivered);
        AwaitRepeat(all[1]);
        var next = Send(conversation, "six");
        AwaitRepeat(_repeated[^1]);
        Assert.Equal(MessageState.Queued, State(next).State);
        Confirm(conversation, stream, 5);
        AwaitState(all[^1], MessageState.Delivered);
        AwaitPublished(next);
    }

    /// <summary>With somebody who numbers messages, and a broker that takes whatever it gets.</summary>
    private IActorRef Known()
    {
        var conversation = Start();
        Meet(conversation);
        Transport.SetAutoPilot(new WillingBroker());
        Arrive(conversation, 1, "hi");
        AwaitStored(1);
        return conversation;
    }

    private MessageId Next()
    {
        var id = Transport.ExpectMsg<Commands.Publish>(Patience).Id;
        _repeated.Add(id);
        return id;
    }

    private void AwaitPublished(MessageId id)
    {
        while (Next() != id) { }
        AwaitCondition(() => State(id).State == MessageState.Published, Patience);
    }

    private void AwaitRepeat(MessageId id)
    {
        AwaitPublished(id);
        while (Next() != id) { }
    }

    private sealed class WillingBroker : AutoPilot
    {
        public override AutoPilot Run(IActorRef sender, object message)
        {
            if (message is Commands.Publish publish) sender.Tell(new Replies.PublishSettled(publish.Id, PublishResult.Confirmed));
            return this;
        }
    }
}

using NesActors.Contracts;
using NesActors.Contracts.Transport;
using NesActors.Core.Hosting;
using NesActors.Core.Tests.Doubles;
using NesActors.Testing.Vectors;
using NesActors.Transport.InMemory;

namespace NesActors.Core.Tests.Suites;

/// <summary>Which suite messages go by, between sessions that have two or one.</summary>
public sealed class ChoiceTests : SuiteSessionSpec
{
    private readonly string _address = $"memory://{Guid.NewGuid():N}";

    [Fact]
    public async Task Two_who_have_both_suites_use_the_better_one_by_themselves()
    {
        var (amy, ben) = await OnlineAsync(Both, Both);
        await TalkAsync(amy, ben);
        foreach (var (messenger, other) in new[] { (amy, ben), (ben, amy) })
        {
            var contact = await messenger.ContactAsync(other.Me, default);
            Assert.Equal(("nes2", TrustState.Pinned, other.MyFingerprint), (contact.Suite, contact.Trust, contact.Pinned!.Value));
            Assert.All(await messenger.HistoryAsync(other.Me, null, null, 10, default), message => Assert.False(message.IsOlderSuite));
        }
    }

    [Fact]
    public async Task With_somebody_who_has_one_suite_alone_that_is_used()
    {
        var (amy, ben) = await OnlineAsync(Both, Older);
        await TalkAsync(amy, ben);
        Assert.Null((await amy.ContactAsync(ben.Me, default)).Suite);
    }

    [Fact]
    public async Task With_somebody_who_has_never_heard_of_the_other_suite_theirs_is_used()
    {
        var amy = Make(VectorUser.Amy);
        Show(RecordOf(amy));
        var messenger = (await StartAsync(amy, () => new InMemoryTransport(), _address)).Messenger;
        var ben = (await StartAsync(VectorUser.Ben, () => new InMemoryTransport(), _address)).Messenger;
        await BothOnlineAsync(messenger, ben);
        await TalkAsync(messenger, ben);
        Assert.All(await messenger.HistoryAsync(ben.Me, null, null, 10, default), message => Assert.False(message.IsOlderSuite));
    }

    [Fact]
    public async Task With_somebody_who_uses_the_better_suite_alone_it_is_used()
    {
        var (amy, ben) = await OnlineAsync(Both, ["nes2"]);
        await TalkAsync(amy, ben);
        Assert.Equal("nes2", (await amy.ContactAsync(ben.Me, default)).Suite);
    }

    [Fact]
    public async Task Somebody_without_the_only_suite_that_is_used_here_is_not_written_to()
    {
        var (amy, ben) = (Make(VectorUser.Amy), Make(VectorUser.Ben));
        Show(Stripped(RecordOf(ben)));
        var messenger = (await StartAsync(amy, () => new InMemoryTransport(), _address, ["nes2"])).Messenger;
        await TakeAsync<ConnectionChanged>(messenger, 1, changed => changed.State == ConnectionState.Online);
        var failed = await messenger.SettleAsync(await messenger.SendAsync(ben.Name, "hello", default), Patience, default);
        Assert.Equal((MessageState.Failed, SendFailure.BadKeys), (failed.State, failed.Failure));
        Assert.Contains("nes2", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_better_suite_alone_somebody_is_written_to_by_it_whom_the_person_once_let_do_without()
    {
        var (amy, ben) = await OnlineAsync(["nes2"], ["nes2"]);
        await TalkAsync(amy, ben);
        Assert.NotNull(await amy.ChangeContactAsync(ben.Me, new ContactChange.AcceptOlderSuite(), default));

        await TalkAsync(amy, ben, "again");

        // What the person said stays said, for a session that has both.
        Assert.Null((await amy.ContactAsync(ben.Me, default)).Suite);
    }

    [Fact]
    public async Task Somebody_who_gets_the_better_suite_later_is_written_to_by_it_and_stays_verified()
    {
        var (amy, ben) = (Make(VectorUser.Amy), Make(VectorUser.Ben));
        Show(RecordOf(amy));
        Show(RecordOf(ben, Older));
        var (one, two) = await OnlineAsync(amy, ben);
        await TalkAsync(one, two);
        await one.ChangeContactAsync(ben.Name, new ContactChange.Verify(two.MyFingerprint, true), default);
        Assert.Null((await one.ContactAsync(ben.Name, default)).Suite);

        Show(RecordOf(ben));
        Clock.Advance(TimeSpan.FromMinutes(11));
        await TalkAsync(one, two, "again");
        var upgraded = await one.ContactAsync(ben.Name, default);
        Assert.Equal(("nes2", true, two.MyFingerprint), (upgraded.Suite, upgraded.IsVerified, upgraded.Pinned!.Value));
    }

    [Fact]
    public async Task What_has_certainly_not_left_goes_by_the_better_suite_that_was_seen_meanwhile()
    {
        var (amy, ben) = (Make(VectorUser.Amy), Make(VectorUser.Ben));
        Show(RecordOf(amy));
        Show(RecordOf(ben, Older));
        var (tried, outcome) = (new TaskCompletionSource<byte[]>(), new TaskCompletionSource<PublishResult>());
        var network = new ScriptedNetwork
        {
            OnPublish = (_, frame, _) =>
            {
                tried.TrySetResult(frame.ToArray());
                return outcome.Task;
            },
        };
        var messenger = (await StartAsync(amy, network.Create, _address)).Messenger;
        var connection = network.NextConnection();
        await TakeAsync<ConnectionChanged>(messenger, 1, changed => changed.State == ConnectionState.Online);
        var id = await messenger.SendAsync(ben.Name, "not yet", default);
        Assert.False((await tried.Task.WaitAsync(Patience)).AsSpan().StartsWith("NES2"u8));

        Show(RecordOf(ben));
        Clock.Advance(TimeSpan.FromMinutes(11));
        await messenger.LookUpAsync(ben.Name, default);
        network.OnPublish = (_, _, _) => Task.FromResult(PublishResult.Confirmed);
        outcome.SetResult(new PublishResult(PublishOutcome.NotSent, "cut"));

        Assert.Equal(MessageState.Published, (await messenger.SettleAsync(id, Patience, default)).State);
        Assert.True(connection.Published.Last().Frame.AsSpan().StartsWith("NES2"u8));
    }

    private async Task<(IMessenger Amy, IMessenger Ben)> OnlineAsync(string[] usedByAmy, string[] usedByBen)
    {
        var (amy, ben) = (Make(VectorUser.Amy), Make(VectorUser.Ben));
        Show(RecordOf(amy, usedByAmy));
        Show(RecordOf(ben, usedByBen));
        return await OnlineAsync(amy, ben, usedByAmy, usedByBen);
    }

    private async Task<(IMessenger Amy, IMessenger Ben)> OnlineAsync(Person amy, Person ben, string[]? usedByAmy = null, string[]? usedByBen = null)
    {
        NesHost[] hosts = [await StartAsync(amy, () => new InMemoryTransport(), _address, usedByAmy), await StartAsync(ben, () => new InMemoryTransport(), _address, usedByBen)];
        await BothOnlineAsync(hosts[0].Messenger, hosts[1].Messenger);
        return (hosts[0].Messenger, hosts[1].Messenger);
    }

    private static async Task BothOnlineAsync(IMessenger one, IMessenger other)
    {
        foreach (var messenger in new[] { one, other }) await TakeAsync<ConnectionChanged>(messenger, 1, changed => changed.State == ConnectionState.Online);
    }

    private static async Task TalkAsync(IMessenger one, IMessenger other, string text = "hello")
    {
        await one.SendAsync(other.Me, text, default);
        await TakeAsync<MessageReceived>(other, 1, received => received.Message.Text == text);
        await other.SendAsync(one.Me, $"{text} back", default);
        await TakeAsync<MessageReceived>(one, 1, received => received.Message.Text == $"{text} back");
    }
}

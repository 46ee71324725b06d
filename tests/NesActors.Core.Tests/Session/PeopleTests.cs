using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Contacts;
using NesActors.Core.Storage.State;
using NesActors.Core.Tests.Doubles;
using NesActors.Core.Tests.Storage.State;
using NesActors.Testing.Vectors;

namespace NesActors.Core.Tests.Session;

/// <summary>Whose frames a session looks through at all.</summary>
public sealed class PeopleTests : SessionSpec
{
    private readonly ScriptedNetwork _network = new();

    [Fact]
    public async Task Nothing_is_done_for_what_somebody_blocked_sends()
    {
        var host = await StartAsync(VectorUser.Ben, _network.Create);
        await host.Messenger.ChangeContactAsync(VectorUser.Amy.Username, new ContactChange.Block(), default);
        var status = await DeliverAsync(host.Messenger, FrameToBen(VectorUser.Amy, "hello"), FrameToBen(VectorUser.Cat, "hi"));
        Assert.Equal(1, status.Dropped[DropReason.Blocked]);
        Assert.Equal([VectorUser.Cat.Username], Directory.Asked);
        Assert.Equal(VectorUser.Cat.Username, Assert.Single(await TakeAsync<MessageReceived>(host.Messenger, 1)).Message.Contact);
    }

    [Fact]
    public async Task A_block_holds_in_the_next_session_also_for_what_came_meanwhile()
    {
        using var place = new StateFolderFixture();
        using (var state = new StateStore(place.Folder, Clock))
        {
            var host = await StartAsync(VectorUser.Ben, _network.Create, state: state);
            await host.Messenger.ChangeContactAsync(VectorUser.Amy.Username, new ContactChange.Block(), default);
            await host.DisposeAsync();
        }
        using var next = new StateStore(place.Folder, Clock);
        await using (var store = Core.Storage.Sqlite.SqliteMessageStore.Open(place.Folder, Clock)) await store.SpoolAsync([FrameToBen(VectorUser.Amy, "in the spool")], default);
        var again = await StartAsync(VectorUser.Ben, _network.Create, state: next);
        await SettledAsync(again.Messenger, status => status.Spooled == 0 && status.Dropped.GetValueOrDefault(DropReason.Blocked) == 1);
        Assert.Empty(Directory.Asked);
        await again.DisposeAsync();
    }

    [Fact]
    public async Task Strangers_are_dropped_before_any_look_up_where_the_settings_want_none()
    {
        var host = await StartAsync(VectorUser.Ben, _network.Create, policy: new ContactPolicy { Strangers = StrangerPolicy.Refuse });
        await host.Messenger.ChangeContactAsync(VectorUser.Cat.Username, new ContactChange.Accept(), default);
        var status = await DeliverAsync(host.Messenger, FrameToBen(VectorUser.Amy, "hello"), FrameToBen(VectorUser.Cat, "hi"));
        Assert.Equal(1, status.Dropped[DropReason.Stranger]);
        Assert.Equal([VectorUser.Cat.Username], Directory.Asked);
    }

    [Fact]
    public async Task Who_is_written_to_may_answer_where_no_strangers_are_wanted()
    {
        var host = await StartAsync(VectorUser.Ben, _network.Create, policy: new ContactPolicy { Strangers = StrangerPolicy.Refuse });
        await host.Messenger.SendAsync(VectorUser.Amy.Username, "who are you?", default);
        _network.NextConnection().Deliver(VectorUser.Ben.Username, FrameToBen(VectorUser.Amy, "amy"));
        Assert.False(Assert.Single(await TakeAsync<MessageReceived>(host.Messenger, 1)).Message.IsRequest);
    }

    private async Task<MessengerStatus> DeliverAsync(IMessenger messenger, params byte[][] frames)
    {
        var connection = _network.NextConnection();
        foreach (var frame in frames) connection.Deliver(VectorUser.Ben.Username, frame);
        return await SettledAsync(messenger, status => status.Received + status.Dropped.Values.Sum() == frames.Length);
    }
}

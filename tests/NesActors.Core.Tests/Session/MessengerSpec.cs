using NesActors.Contracts;
using NesActors.Contracts.Transport;
using NesActors.Core.Hosting;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.Storage.State;
using NesActors.Core.Tests.Doubles;
using NesActors.Core.Tests.Storage.State;
using NesActors.Testing.Vectors;
using NesActors.Transport.InMemory;

namespace NesActors.Core.Tests.Session;

/// <summary>What every <see cref="IMessenger"/> does, whichever way it leads to a session.</summary>
public abstract class MessengerSpec : SessionSpec
{
    private readonly string _address = $"memory://{Guid.NewGuid():N}";

    /// <summary>The way to a session that this is about.</summary>
    protected abstract Task<IMessenger> MessengerOfAsync(NesHost host);

    [Fact]
    public async Task Two_people_talk_both_ways_and_each_sees_what_was_said_in_order()
    {
        var (amy, ben) = await BothOnlineAsync();
        for (var i = 0; i < 20; i++)
        {
            await amy.SendAsync(ben.Me, $"amy {i}", default);
            await ben.SendAsync(amy.Me, $"ben {i}", default);
        }

        var atBen = await TakeAsync<MessageReceived>(ben, 20);
        var atAmy = await TakeAsync<MessageReceived>(amy, 20);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"amy {i}"), atBen.Select(received => received.Message.Text));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"ben {i}"), atAmy.Select(received => received.Message.Text));

        // The clock of the test stands still: what is read back is ordered by arrival, not by time.
        await TakeAsync<MessageStateChanged>(amy, 20, changed => changed.Message.State == MessageState.Delivered);
        var history = await amy.HistoryAsync(ben.Me, null, null, 100, default);
        Assert.Equal(40, history.Count);
        Assert.All(history.Where(message => message.Direction == MessageDirection.Outgoing), sent => Assert.Equal(MessageState.Delivered, sent.State));
    }

    [Fact]
    public async Task Messages_whose_calls_nobody_waits_for_leave_in_the_order_of_the_calls()
    {
        using var place = new StateFolderFixture();
        using var state = new StateStore(place.Folder, Clock);
        var amy = await MessengerOfAsync(await StartAsync(VectorUser.Amy, () => new InMemoryTransport(), _address, state: state));
        var ben = await StartAsync(VectorUser.Ben, () => new InMemoryTransport(), _address);
        var texts = Enumerable.Range(0, 300).Select(i => $"text {i}").ToList();

        await Task.WhenAll(texts.Select(text => amy.SendAsync(ben.Messenger.Me, text, default)).ToList());

        Assert.Equal(texts, (await TakeAsync<MessageStateChanged>(amy, texts.Count, changed => changed.Message.State == MessageState.Queued)).Select(queued => queued.Message.Text));
        Assert.Equal(texts, (await TakeAsync<MessageStateChanged>(amy, texts.Count, changed => changed.Message.State == MessageState.Published)).Select(left => left.Message.Text));
    }

    [Fact]
    public async Task Settling_tells_that_the_message_was_published()
    {
        var (amy, ben) = await BothOnlineAsync();
        var id = await amy.SendAsync(ben.Me, "hello", default);
        Assert.Equal(MessageState.Published, (await amy.SettleAsync(id, Patience, default)).State);
        Assert.Equal(MessageState.Published, (await amy.SettleAsync(id, TimeSpan.Zero, default)).State);
    }

    [Fact]
    public async Task Settling_withdraws_what_cannot_go_in_time_and_tells_why()
    {
        var network = new ScriptedNetwork();
        network.Failures.Enqueue(new TransportException(TransportFailure.Unreachable, "nobody there"));
        var hocon = Path.GetTempFileName();
        await File.WriteAllTextAsync(hocon, "nes.transport { reconnect-min = 1000m, reconnect-max = 1000m, reconnect-jitter = 0 }");
        var amy = await MessengerOfAsync(await StartAsync(VectorUser.Amy, network.Create, hocon: hocon));
        File.Delete(hocon);
        await TakeAsync<ConnectionChanged>(amy, 1, changed => changed.State == ConnectionState.Reconnecting);
        var id = await amy.SendAsync(VectorUser.Ben.Username, "hello", default);
        var settling = amy.SettleAsync(id, TimeSpan.FromSeconds(5), default);
        await SettledAsync(amy, _ =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            return settling.IsCompleted;
        });
        var message = await settling;
        Assert.Equal((MessageState.Failed, SendFailure.BrokerUnavailable, "nobody there"), (message.State, message.Failure, message.Detail));
    }

    [Fact]
    public async Task One_recipient_who_does_not_exist_does_not_block_another()
    {
        var (amy, ben) = await BothOnlineAsync();
        var nobody = await amy.SendAsync(Username.Parse("nobody"), "hello?", default);
        var there = await amy.SendAsync(ben.Me, "hello", default);
        Assert.Equal(MessageState.Published, (await amy.SettleAsync(there, Patience, default)).State);
        Assert.Equal(SendFailure.UnknownUser, (await amy.SettleAsync(nobody, Patience, default)).Failure);
    }

    [Fact]
    public async Task Refuses_a_text_that_is_too_long_or_no_unicode()
    {
        var (amy, ben) = await BothOnlineAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => amy.SendAsync(ben.Me, new string('x', Message.MaxTextBytes + 1), default));
        await Assert.ThrowsAsync<ArgumentException>(() => amy.SendAsync(ben.Me, new string('ü', Message.MaxTextBytes / 2 + 1), default));
        await Assert.ThrowsAsync<ArgumentException>(() => amy.SendAsync(ben.Me, "half \ud83d a face", default));
        var longest = await amy.SendAsync(ben.Me, new string('x', Message.MaxTextBytes), default);
        await amy.SettleAsync(longest, Patience, default);
        Assert.Equal(Message.MaxTextBytes, (await TakeAsync<MessageReceived>(ben, 1))[0].Message.Text.Length);
    }

    [Fact]
    public async Task A_changed_key_is_noticed_stops_sending_and_goes_on_when_accepted()
    {
        var (amy, ben) = await BothOnlineAsync();
        await amy.SettleAsync(await amy.SendAsync(ben.Me, "one", default), Patience, default);
        Directory.Answers(ben.Me, new LookupResult.Found(VectorUser.Cat.PublicRecord with { User = ben.Me }));
        Clock.Advance(TimeSpan.FromMinutes(11));

        var second = await amy.SettleAsync(await amy.SendAsync(ben.Me, "two", default), Patience, default);
        Assert.Equal(SendFailure.KeyChanged, second.Failure);
        var contact = Assert.Single(await amy.ContactsAsync(default));
        Assert.Equal(TrustState.Changed, contact.Trust);

        Assert.NotNull(await amy.ChangeContactAsync(ben.Me, new ContactChange.AcceptKeys(contact.Offered!.Value), default));
        var third = await amy.SettleAsync(await amy.SendAsync(ben.Me, "three", default), Patience, default);
        Assert.Equal(MessageState.Published, third.State);
    }

    [Fact]
    public async Task What_is_decided_about_a_contact_is_told_and_seen_by_all()
    {
        var (amy, ben) = await BothOnlineAsync();
        await amy.SettleAsync(await amy.SendAsync(ben.Me, "hello", default), Patience, default);
        ContactChange[] changes =
        [
            new ContactChange.Block(), new ContactChange.Unblock(), new ContactChange.Rename("Ben 🦊"), new ContactChange.Verify(ben.MyFingerprint, true),
            new ContactChange.SendReadReceipts(true), new ContactChange.SendDeliveryReceipts(true), new ContactChange.Import(new Contact(ben.Me, TrustState.Pinned, ben.MyFingerprint, null, 0) { Alias = "Benjamin" }),
        ];
        var told = new List<Contact>();
        foreach (var change in changes) told.Add((await amy.ChangeContactAsync(ben.Me, change, default))!);

        Assert.Equal(
            new Contact(ben.Me, TrustState.Pinned, ben.MyFingerprint, null, 0)
            {
                Vouched = told[0].Vouched,
                Standing = ContactStanding.Accepted,
                Alias = "Benjamin",
                IsVerified = true,
                ReadReceipts = true,
                DeliveryReceipts = true,
            },
            told[^1]);
        Assert.Equal([told[^1]], await amy.ContactsAsync(default));
        var seen = await TakeAsync<ContactChanged>(amy, changes.Length, changed => told.Contains(changed.Contact));
        Assert.Contains(ContactStanding.Blocked, seen.Select(changed => changed.Contact.Standing));

        Assert.Null(await amy.ChangeContactAsync(ben.Me, new ContactChange.AcceptKeys(amy.MyFingerprint), default));
        Assert.Equal(TrustState.Unseen, (await amy.ChangeContactAsync(ben.Me, new ContactChange.Forget(), default))!.Trust);
        Assert.Empty(await amy.ContactsAsync(default));
        Assert.Equal(ContactStanding.Accepted, (await amy.ChangeContactAsync(VectorUser.Cat.Username, new ContactChange.Accept(), default))!.Standing);
    }

    [Fact]
    public async Task Both_see_one_safety_number()
    {
        var (amy, ben) = await BothOnlineAsync();
        await amy.SettleAsync(await amy.SendAsync(ben.Me, "hello", default), Patience, default);
        var pinned = Assert.Single(await amy.ContactsAsync(default)).Pinned!.Value;
        Assert.Equal(SafetyNumber.Of(ben.Me, ben.MyFingerprint, amy.Me, amy.MyFingerprint), SafetyNumber.Of(amy.Me, amy.MyFingerprint, ben.Me, pinned));
    }

    [Fact]
    public async Task A_message_is_found_by_its_id_and_none_by_another()
    {
        var (amy, ben) = await BothOnlineAsync();
        var id = await amy.SendAsync(ben.Me, "hello", default);
        Assert.Equal("hello", (await amy.FindAsync(id, default))!.Text);
        Assert.Null(await amy.FindAsync(MessageId.New(Clock), default));
    }

    [Fact]
    public async Task Reading_clears_the_count_of_unread_messages()
    {
        var (amy, ben) = await BothOnlineAsync();
        await amy.SendAsync(ben.Me, "one", default);
        await TakeAsync<MessageReceived>(ben, 1);
        Assert.Equal(1, Assert.Single(await ben.ContactsAsync(default)).Unread);
        await ben.MarkReadAsync(amy.Me, null, default);
        Assert.Equal(0, Assert.Single(await ben.ContactsAsync(default)).Unread);
        Assert.Equal(MessageState.Read, Assert.Single(await ben.HistoryAsync(amy.Me, null, null, 10, default)).State);
    }

    [Fact]
    public async Task A_session_that_has_ended_says_so()
    {
        var host = await StartAsync(VectorUser.Amy, () => new InMemoryTransport(), _address);
        var messenger = await MessengerOfAsync(host);
        await host.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => messenger.SendAsync(VectorUser.Ben.Username, "hello", default).WaitAsync(Patience));
    }

    [Fact]
    public async Task Events_end_with_the_session()
    {
        var host = await StartAsync(VectorUser.Amy, () => new InMemoryTransport(), _address);
        var messenger = await MessengerOfAsync(host);
        await using var events = messenger.EventsAsync(0, default).GetAsyncEnumerator();
        Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(Patience));
        await host.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
        {
            while (await events.MoveNextAsync().AsTask().WaitAsync(Patience)) Assert.NotNull(events.Current);
        });
    }

    [Fact]
    public async Task Events_behind_a_cursor_are_those_that_another_reader_saw_there()
    {
        var (amy, ben) = await BothOnlineAsync();
        for (var i = 0; i < 5; i++) await amy.SendAsync(ben.Me, $"text {i} żółć 日本語 🙂 \0 \"", default);
        var all = await TakeAsync<MessageReceived>(ben, 5);
        using var limit = new CancellationTokenSource(Patience);
        await foreach (var happened in ben.EventsAsync(all[2].Cursor, limit.Token))
        {
            if (happened is not MessageReceived received) continue;
            Assert.Equal(all[3], received);
            break;
        }
    }

    [Fact]
    public async Task A_page_of_events_is_what_a_reader_saw_there()
    {
        var (amy, ben) = await BothOnlineAsync();
        for (var i = 0; i < 3; i++) await amy.SendAsync(ben.Me, $"text {i} żółć \0 \"", default);
        var all = await TakeAsync<MessageReceived>(ben, 3);

        var page = await ben.EventPageAsync(all[0].Cursor, 1, arrivalsOnly: true, default);
        Assert.Equal((all[1], all[1].Cursor), (Assert.Single(page.Events), page.Position));
        Assert.True(page.Newest >= all[2].Cursor);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => ben.EventPageAsync(0, 0, arrivalsOnly: false, default));
    }

    [Fact]
    public async Task A_reader_who_stops_gets_no_error_but_that_it_stopped()
    {
        var (amy, _) = await BothOnlineAsync();
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in amy.EventsAsync(0, stop.Token)) await stop.CancelAsync();
        });
        Assert.Equal(ConnectionState.Online, (await amy.StatusAsync(default)).Connection);
    }

    [Fact]
    public async Task A_look_up_that_failed_tells_of_the_contact_as_it_is_by_now()
    {
        var (amy, ben) = await BothOnlineAsync();
        await amy.LookUpAsync(ben.Me, default);
        await amy.DisappearAsync(ben.Me, TimeSpan.FromDays(1), default);
        Directory.Answers(ben.Me, new LookupResult.NotFound());
        var found = await amy.LookUpAsync(ben.Me, default);
        Assert.Equal((SendFailure.UnknownUser, TimeSpan.FromDays(1)), (found.Failure, found.Contact.DisappearAfter));
    }

    [Fact]
    public async Task What_was_said_is_found_and_deleted()
    {
        var (amy, ben) = await BothOnlineAsync();
        var first = await amy.SendAsync(ben.Me, "the first", default);
        await amy.SettleAsync(first, Patience, default);
        await amy.SettleAsync(await amy.SendAsync(ben.Me, "the second", default), Patience, default);
        Assert.Equal(first, Assert.Single(await amy.SearchAsync("FIRST", ben.Me, null, 10, default)).Id);
        await amy.DisappearAsync(ben.Me, TimeSpan.FromDays(1), default);
        Assert.Equal(TimeSpan.FromDays(1), (await amy.ContactAsync(ben.Me, default)).DisappearAfter);
        Assert.Equal(TimeSpan.FromDays(1), Assert.Single(await amy.ContactsAsync(default)).DisappearAfter);
        Assert.Equal(TimeSpan.FromDays(1), (await amy.LookUpAsync(ben.Me, default)).Contact.DisappearAfter);
        Assert.True(await amy.DeleteMessageAsync(first, default));
        Assert.False(await amy.DeleteMessageAsync(first, default));
        Assert.Equal(1, await amy.DeleteConversationAsync(ben.Me, default));
        Assert.Empty(await amy.HistoryAsync(ben.Me, null, null, 10, default));
    }

    [Fact]
    public async Task Settling_what_is_not_there_says_so()
    {
        var (amy, _) = await BothOnlineAsync();
        await Assert.ThrowsAsync<KeyNotFoundException>(() => amy.SettleAsync(MessageId.New(Clock), Patience, default));
    }

    private async Task<(IMessenger Amy, IMessenger Ben)> BothOnlineAsync()
    {
        var amy = await MessengerOfAsync(await StartAsync(VectorUser.Amy, () => new InMemoryTransport(), _address));
        var ben = await MessengerOfAsync(await StartAsync(VectorUser.Ben, () => new InMemoryTransport(), _address));
        foreach (var messenger in new[] { amy, ben })
            await TakeAsync<ConnectionChanged>(messenger, 1, changed => changed.State == ConnectionState.Online);
        return (amy, ben);
    }
}

/// <summary>The session of this process.</summary>
public sealed class ActorMessengerTests : MessengerSpec
{
    protected override Task<IMessenger> MessengerOfAsync(NesHost host) => Task.FromResult<IMessenger>(host.Messenger);
}

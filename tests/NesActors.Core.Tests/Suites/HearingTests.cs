using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Contacts;
using NesActors.Core.Hosting;
using NesActors.Core.Suites;
using NesActors.Core.Tests.Doubles;
using NesActors.Testing.Vectors;

namespace NesActors.Core.Tests.Suites;

/// <summary>What messages tell of suites: amy is a session, and the test speaks for ben.</summary>
public sealed class HearingTests : SuiteSessionSpec
{
    private const string Nes1 = "nes1", Nes2 = "nes2";

    private readonly ScriptedNetwork _network = new();
    private readonly Person _amy, _ben;
    private ScriptedTransport? _connection;

    public HearingTests() => (_amy, _ben) = (Make(VectorUser.Amy), Make(VectorUser.Ben));

    private static Dictionary<string, SeenStatement> Nothing => [];

    private Dictionary<string, SeenStatement> AmyNow => Seen(_amy);

    [Fact]
    public async Task A_text_tells_what_its_sender_sees_and_carries_nothing_that_the_directory_has()
    {
        var amy = await OnlineAsync(RecordOf(_amy), RecordOf(_ben));
        var told = await SendAsync(amy, "hello");
        Assert.Equal(new Capabilities { Sees = Seen(_ben) }, told.Capabilities);
    }

    [Fact]
    public async Task Who_sees_no_suite_says_so_and_tells_strangers_no_more_than_that()
    {
        var amy = await OnlineAsync(Stripped(RecordOf(_amy)), Stripped(RecordOf(_ben)));
        Assert.Equal(new Capabilities { Sees = Nothing }, (await SendAsync(amy, "hello")).Capabilities);
    }

    [Fact]
    public async Task A_session_with_one_suite_tells_nothing()
    {
        var amy = await OnlineAsync(Stripped(RecordOf(_amy, Older)), Stripped(RecordOf(_ben)), Older);
        Assert.Null((await SendAsync(amy, "hello")).Capabilities);
    }

    [Fact]
    public async Task What_a_message_carries_leads_to_the_better_suite_as_soon_as_both_see_it()
    {
        var amy = await OnlineAsync(Stripped(RecordOf(_amy)), Stripped(RecordOf(_ben)));
        await DeliverAsync(amy, Nes1, "I have a better one", new Capabilities { Sees = Nothing, Statements = StatementOf(_ben) });
        var told = await SendAsync(amy, "me too", until: message => message.Capabilities is { Statements: not null, Sees.Count: 1 });
        Assert.Equal(new Capabilities { Sees = Seen(_ben), Statements = StatementOf(_amy) }, told.Capabilities);
        Assert.Null(Contact(amy).Suite);

        await DeliverAsync(amy, Nes1, "then use it", new Capabilities { Sees = AmyNow });
        told = await SendAsync(amy, "by nes2", until: message => message.Capabilities is { Statements: null });
        Assert.Equal((Nes2, SuiteRefusal.None, TrustState.Pinned), (Contact(amy).Suite, Contact(amy).SuiteRefusal, Contact(amy).Trust));
        Assert.True(Frames()[^1].AsSpan().StartsWith("NES2"u8));
    }

    [Fact]
    public async Task A_statement_that_does_not_hold_under_the_pinned_keys_is_passed_over()
    {
        var amy = await OnlineAsync(Stripped(RecordOf(_amy)), Stripped(RecordOf(_ben)));
        var cat = StatementOf(Make(VectorUser.Cat));
        foreach (var (forged, i) in new[] { cat[Nes2], "no statement", StatementOf(_ben)[Nes2][..^4] + "AAAA" }.Select((text, i) => (text, i)))
        {
            await DeliverAsync(amy, Nes1, $"forged {i}", new Capabilities { Sees = Nothing, Statements = new Dictionary<string, string> { [Nes2] = forged } });
        }
        var told = await SendAsync(amy, "what?", until: message => message.Capabilities?.Statements is not null);
        Assert.Empty(told.Capabilities!.Sees!);
    }

    [Fact]
    public async Task An_older_statement_does_not_take_the_place_of_a_newer_one()
    {
        var amy = await OnlineAsync(Stripped(RecordOf(_amy)), Stripped(RecordOf(_ben)));
        var old = StatementOf(_ben);
        Clock.Advance(TimeSpan.FromDays(8));
        var (renewed, seen) = (StatementOf(_ben), Seen(_ben));
        Assert.NotEqual(old, renewed);
        await DeliverAsync(amy, Nes1, "renewed", new Capabilities { Sees = Nothing, Statements = renewed });
        await DeliverAsync(amy, Nes1, "an old one again", new Capabilities { Sees = Nothing, Statements = old });
        Assert.Equal(seen, (await SendAsync(amy, "which?", until: message => message.Capabilities?.Sees?.Count == 1)).Capabilities!.Sees);
    }

    [Fact]
    public async Task A_directory_that_has_shown_a_statement_and_strips_it_is_noticed_whatever_messages_carry()
    {
        var amy = await OnlineAsync(RecordOf(_amy), RecordOf(_ben));
        await SendAsync(amy, "by nes2");
        Assert.Equal(Nes2, Contact(amy).Suite);

        Show(Stripped(RecordOf(_ben)));
        await DeliverAsync(amy, Nes2, "my statement", new Capabilities { Sees = AmyNow, Statements = StatementOf(_ben) });
        Clock.Advance(TimeSpan.FromMinutes(11));
        // What was carried is heard beside the message: the reason may still be without it at first, the outcome never.
        StoredMessage failed;
        do
        {
            failed = await amy.SettleAsync(await amy.SendAsync(_ben.Name, "by what?", default), Patience, default);
            Assert.Equal((MessageState.Failed, SendFailure.SuiteDowngraded), (failed.State, failed.Failure));
        }
        while (!failed.Detail!.Contains("key directory before", StringComparison.Ordinal));
        Assert.Equal(SuiteRefusal.Missing, Contact(amy).SuiteRefusal);
    }

    [Fact]
    public async Task A_contact_from_whom_the_own_statement_is_kept_back_is_noticed_once_and_so_is_its_end()
    {
        var amy = await OnlineAsync(RecordOf(_amy), RecordOf(_ben));
        await DeliverAsync(amy, Nes1, "I see none", new Capabilities { Sees = Nothing });
        await DeliverAsync(amy, Nes1, "still none", new Capabilities { Sees = Nothing });
        Assert.Null(Contact(amy).WithheldSuite);
        Clock.Advance(ContactCapabilities.Patience);
        foreach (var text in new[] { "none today", "none at all" }) await DeliverAsync(amy, Nes1, text, new Capabilities { Sees = Nothing });
        await TakeAsync<ContactChanged>(amy, 1, changed => changed.Contact.WithheldSuite == Nes2);

        await DeliverAsync(amy, Nes2, "there it is", new Capabilities { Sees = AmyNow });
        var told = await TakeAsync<ContactChanged>(amy, 1, changed => changed.Contact.WithheldSuite is null && Changes(amy, changed) > 0);
        Assert.Equal(1, Changes(amy, told[0]));
    }

    [Fact]
    public async Task What_is_not_seen_counts_from_the_day_on_which_the_contact_was_accepted()
    {
        var amy = await OnlineAsync(RecordOf(_amy), RecordOf(_ben), policy: new ContactPolicy { Strangers = StrangerPolicy.Ask });
        await DeliverAsync(amy, Nes1, "a stranger", new Capabilities { Sees = Nothing });
        Clock.Advance(ContactCapabilities.Patience);
        await amy.ChangeContactAsync(_ben.Name, new ContactChange.Accept(), default);
        await DeliverAsync(amy, Nes1, "accepted", new Capabilities { Sees = Nothing });
        await DeliverAsync(amy, Nes1, "and again", new Capabilities { Sees = Nothing });
        Assert.Null(Contact(amy).WithheldSuite);
        Clock.Advance(ContactCapabilities.Patience);
        await DeliverAsync(amy, Nes1, "a day later", new Capabilities { Sees = Nothing });
        await TakeAsync<ContactChanged>(amy, 1, changed => changed.Contact.WithheldSuite == Nes2);
    }

    [Fact]
    public async Task What_comes_by_the_older_suite_is_marked_unless_its_sender_tells_that_they_are_not_there_yet()
    {
        var amy = await OnlineAsync(RecordOf(_amy), RecordOf(_ben));
        await SendAsync(amy, "by nes2", until: _ => Contact(amy).Suite == Nes2);
        await DeliverAsync(amy, Nes1, "I do not see your keys yet", new Capabilities { Sees = Nothing });
        await DeliverAsync(amy, Nes1, "do you see mine?", new Capabilities { Sees = AmyNow, Statements = StatementOf(_ben) });
        await DeliverAsync(amy, Nes1, "no reason", new Capabilities { Sees = AmyNow });
        await DeliverAsync(amy, Nes2, "I have it", new Capabilities { Sees = AmyNow });
        await DeliverAsync(amy, Nes1, "I do not see your keys any more", new Capabilities { Sees = Nothing });
        var older = (await amy.HistoryAsync(_ben.Name, null, null, 100, default)).Where(message => message.Direction == MessageDirection.Incoming).Select(message => message.IsOlderSuite);
        Assert.Equal([false, false, true, false, true], older);
    }

    [Fact]
    public async Task A_statement_that_is_renewed_reaches_those_who_say_nothing_meanwhile()
    {
        await UpgradedAsync();
        var old = StatementOf(_amy)[Nes2];
        Clock.Advance(TimeSpan.FromDays(8));
        await PublishedAsync(message => message is { Delivery.IsConfirmation: true, Capabilities.Statements: { } carried } && carried[Nes2] != old);
        Assert.True(Frames()[^1].AsSpan().StartsWith("NES2"u8));
    }

    [Fact]
    public async Task Who_is_not_told_what_arrives_is_told_of_a_renewed_statement_all_the_same()
    {
        await UpgradedAsync(new ContactPolicy { Strangers = StrangerPolicy.Accept, SendDeliveryReceipts = false });
        var old = StatementOf(_amy)[Nes2];
        Clock.Advance(TimeSpan.FromDays(8));
        var told = await PublishedAsync(message => message is { Delivery.IsConfirmation: true, Capabilities.Statements: { } carried } && carried[Nes2] != old);
        Assert.Equal(new Acknowledgement(new StreamId(1), 0, []), told.Delivery!.Ack);
    }

    private async Task<IMessenger> UpgradedAsync(ContactPolicy? policy = null)
    {
        var hocon = Path.GetTempFileName();
        await File.WriteAllTextAsync(hocon, "nes.session.announce-interval = 200ms\nnes.delivery.confirm-delay = 5ms");
        var amy = await OnlineAsync(Stripped(RecordOf(_amy)), Stripped(RecordOf(_ben)), policy: policy, hocon: hocon);
        File.Delete(hocon);
        await DeliverAsync(amy, Nes1, "numbered", new Capabilities { Sees = AmyNow, Statements = StatementOf(_ben) }, new Contracts.Delivery { Stream = new StreamId(1), Sequence = 1 });
        await SendAsync(amy, "by nes2", until: _ => Contact(amy).Suite == Nes2);
        return amy;
    }

    private async Task<IMessenger> OnlineAsync(PublicRecord amy, PublicRecord ben, string[]? used = null, ContactPolicy? policy = null, string? hocon = null)
    {
        Show(amy);
        Show(ben);
        var messenger = (await StartAsync(_amy, _network.Create, "memory://scripted", used, policy, hocon)).Messenger;
        _connection = _network.NextConnection();
        await TakeAsync<ConnectionChanged>(messenger, 1, changed => changed.State == ConnectionState.Online);
        return messenger;
    }

    /// <summary>Ben says something, and amy has it.</summary>
    private async Task DeliverAsync(IMessenger amy, string suite, string text, Capabilities capabilities, Contracts.Delivery? delivery = null)
    {
        var (reader, identity) = Load(_ben, Both);
        using var recipient = reader.ReadPeer(RecordOf(_amy));
        var message = new Message(_ben.Name, _amy.Name, DateTimeOffset.FromUnixTimeMilliseconds(Clock.GetUtcNow().ToUnixTimeMilliseconds()), text) { Capabilities = capabilities, Delivery = delivery };
        _connection!.Deliver(_amy.Name, identity.Seal(((JoinedIdentity)identity).Compose(message, suite), recipient).Bytes);
        await TakeAsync<MessageReceived>(amy, 1, received => received.Message.Text == text);
    }

    /// <summary>Amy says something, again until what it tells beside its text is as it should be: what was told her is heard beside the messages.</summary>
    private async Task<Message> SendAsync(IMessenger amy, string text, Func<Message, bool>? until = null)
    {
        for (var i = 0; ; i++)
        {
            var settled = await amy.SettleAsync(await amy.SendAsync(_ben.Name, text, default), Patience, default);
            Assert.Equal((MessageState.Published, null), (settled.State, settled.Detail));
            var said = ReadAll().Last(message => message.Text == text);
            if (until is null || until(said)) return said;
            Assert.True(i < 50, $"Amy tells {said.Capabilities}.");
        }
    }

    private async Task<Message> PublishedAsync(Func<Message, bool> which)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            if (ReadAll().LastOrDefault(which) is { } found) return found;
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    private IReadOnlyList<Message> ReadAll()
    {
        var (reader, identity) = Load(_ben, Both);
        using var sender = reader.ReadPeer(RecordOf(_amy));
        return [.. Frames().Select(frame => identity.Open(frame).Frame!.Verify(sender)!)];
    }

    private static int Changes(IMessenger amy, ContactChanged upTo) => amy.EventPageAsync(0, 1000, arrivalsOnly: false, default).Result.Events
        .OfType<ContactChanged>().Count(changed => changed.Cursor < upTo.Cursor && changed.Contact.WithheldSuite == Nes2);

    private Dictionary<string, string> StatementOf(Person person) => new() { [Nes2] = RecordOf(person).Entries[PublicRecord.StatementOf(Nes2)] };

    private Dictionary<string, SeenStatement> Seen(Person person)
    {
        using var keys = Load(person, Both).Suite.ReadPeer(RecordOf(person));
        return JoinedSuite.OffersIn(keys).ToDictionary(offer => offer.Suite, offer => new SeenStatement(offer.Keys, offer.Revision));
    }

    private List<byte[]> Frames() => [.. _connection!.Published.Select(published => published.Frame)];

    private Contact Contact(IMessenger amy) => amy.ContactAsync(_ben.Name, default).Result;
}

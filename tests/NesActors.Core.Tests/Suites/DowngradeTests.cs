using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Contacts;
using NesActors.Core.Tests.Doubles;
using NesActors.Crypto.Nes2;
using NesActors.Testing;
using NesActors.Testing.Vectors;

namespace NesActors.Core.Tests.Suites;

/// <summary>Attempts to talk a session down from the suite that it has seen of a contact: by whoever holds the directory, or sits before the broker.</summary>
public sealed class DowngradeTests : SuiteSessionSpec
{
    private const string Address = "memory://scripted";

    private readonly ScriptedNetwork _network = new();
    private readonly Person _amy;
    private readonly Person _ben;
    private readonly PublicRecord _record;

    public DowngradeTests()
    {
        (_amy, _ben) = (Make(VectorUser.Amy), Make(VectorUser.Ben));
        _record = RecordOf(_ben);
    }

    private Username Ben => _ben.Name;

    [Fact]
    public async Task A_stripped_statement_stops_sending_until_it_is_there_again()
    {
        var amy = await UpgradedAsync();
        Later(Stripped(_record));
        var failed = await SendAsync(amy, "by what?");
        Assert.Equal((MessageState.Failed, SendFailure.SuiteDowngraded), (failed.State, failed.Failure));
        Assert.Contains("nes2", failed.Detail, StringComparison.Ordinal);
        Assert.Equal((TrustState.Pinned, SuiteRefusal.Missing), (Contact(amy).Trust, Contact(amy).SuiteRefusal));

        Later(_record);
        Assert.Equal(MessageState.Published, (await SendAsync(amy, "by nes2 again")).State);
        Assert.Equal(SuiteRefusal.None, Contact(amy).SuiteRefusal);
        Assert.All(Frames(), frame => Assert.True(IsNes2(frame)));
    }

    [Fact]
    public async Task An_old_statement_stops_sending()
    {
        Clock.Advance(TimeSpan.FromDays(8));
        var newer = RecordOf(_ben);
        Assert.NotEqual(_record.Entries[PublicRecord.StatementOf("nes2")], newer.Entries[PublicRecord.StatementOf("nes2")]);
        var amy = await UpgradedAsync(newer);
        Later(_record);
        Assert.Equal(SendFailure.SuiteDowngraded, (await SendAsync(amy, "by the old prekey?")).Failure);
        Assert.Equal(SuiteRefusal.Older, Contact(amy).SuiteRefusal);
    }

    [Fact]
    public async Task A_statement_that_has_expired_stops_sending_and_leads_to_no_weaker_suite()
    {
        var amy = await UpgradedAsync();
        Clock.Advance(TimeSpan.FromDays(15));
        var failed = await SendAsync(amy, "by an expired prekey?");
        Assert.Equal(SendFailure.SuiteDowngraded, failed.Failure);
        Assert.Contains("expired", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suites_that_were_reordered_or_taken_from_the_statement_make_it_none()
    {
        var amy = await UpgradedAsync();
        foreach (var changed in (Func<byte[], byte[]>[])[bytes => Replace(bytes, "\0\u0004nes1\0\u0004nes2", "\0\u0004nes2\0\u0004nes1"), bytes => Replace(bytes, "\u0002\0\u0004nes1\0\u0004nes2", "\u0001\0\u0004nes1")])
        {
            var entry = PublicRecord.StatementOf("nes2");
            Later(_record with { Entries = new Dictionary<string, string>(_record.Entries) { [entry] = Changed(_record.Entries[entry], changed) } });
            Assert.Equal(SendFailure.SuiteDowngraded, (await SendAsync(amy, "by what?")).Failure);
        }
    }

    [Fact]
    public async Task A_suite_that_its_owner_gives_up_is_followed_down_and_up_again()
    {
        var amy = await UpgradedAsync();
        Later(RecordOf(_ben, Older));
        Assert.Equal(MessageState.Published, (await SendAsync(amy, "by nes1, as ben says")).State);
        Assert.False(IsNes2(Frames()[^1]));
        Assert.Equal((null, TrustState.Pinned), (Contact(amy).Suite, Contact(amy).Trust));

        // What was true once is not true again because somebody says it again.
        Later(_record);
        Assert.Equal(MessageState.Published, (await SendAsync(amy, "still by nes1")).State);
        Assert.False(IsNes2(Frames()[^1]));

        Later(RecordOf(_ben));
        Assert.Equal(MessageState.Published, (await SendAsync(amy, "by nes2 again")).State);
        Assert.True(IsNes2(Frames()[^1]));
    }

    [Fact]
    public async Task The_person_may_let_messages_go_without_the_suite()
    {
        var amy = await UpgradedAsync();
        Later(Stripped(_record));
        Assert.Equal(SendFailure.SuiteDowngraded, (await SendAsync(amy, "no")).Failure);
        Assert.NotNull(await amy.ChangeContactAsync(Ben, new ContactChange.AcceptOlderSuite(), default));
        Assert.Equal(MessageState.Published, (await SendAsync(amy, "yes")).State);
        Assert.False(IsNes2(Frames()[^1]));
        Assert.Null(await amy.ChangeContactAsync(Ben, new ContactChange.AcceptOlderSuite(), default));
    }

    [Fact]
    public async Task A_directory_that_was_swapped_for_one_with_other_keys_is_not_followed()
    {
        var amy = await UpgradedAsync();
        Later(Make(VectorUser.Cat) is var cat ? RecordOf(cat) with { User = Ben } : throw new InvalidOperationException());
        Assert.Equal(SendFailure.KeyChanged, (await SendAsync(amy, "to whom?")).Failure);
    }

    [Fact]
    public async Task A_statement_that_its_user_made_for_another_directory_is_not_followed_in_the_record_of_this_one()
    {
        var here = _record with { Directory = new DirectoryId(new string('1', 64)), Entries = BoundTo('1').Entries };
        var amy = await UpgradedAsync(here);
        Later(here with { Entries = BoundTo('2').Entries });
        var failed = await SendAsync(amy, "by what ben says elsewhere?");
        Assert.Equal(SendFailure.SuiteDowngraded, failed.Failure);
        Assert.Contains("another key directory", failed.Detail, StringComparison.Ordinal);

        Later(here with { Entries = BoundTo('1').Entries });
        Assert.Equal(MessageState.Published, (await SendAsync(amy, "by what he says here")).State);
        Assert.All(Frames(), frame => Assert.True(IsNes2(frame)));
    }

    [Fact]
    public async Task A_contact_who_moves_to_a_directory_with_an_id_is_followed()
    {
        var amy = await UpgradedAsync();
        Later(BoundTo('1') with { Directory = new DirectoryId(new string('1', 64)) });
        Assert.Equal(MessageState.Published, (await SendAsync(amy, "to the same ben")).State);
        Assert.True(IsNes2(Frames()[^1]));
    }

    [Fact]
    public async Task Another_identity_under_the_same_rsa_keys_is_a_changed_key()
    {
        var amy = await UpgradedAsync();
        new Nes2Suite().GenerateKeys(Ben, _ben.Keys, new KeyGenerationOptions(), default);
        var forged = RecordOf(_ben);
        Later(forged);
        Assert.Equal(SendFailure.KeyChanged, (await SendAsync(amy, "to whom?")).Failure);
        var offered = Contact(amy);
        Assert.Equal((TrustState.Changed, "nes2"), (offered.Trust, offered.OfferedSuite));
        Assert.NotNull(await amy.ChangeContactAsync(Ben, new ContactChange.AcceptKeys(offered.Offered!.Value), default));
        Assert.Equal(MessageState.Published, (await SendAsync(amy, "to the new ben")).State);
    }

    [Fact]
    public async Task New_keys_that_the_person_accepts_bring_their_suites_with_them()
    {
        var amy = await UpgradedAsync();
        var renewed = new Person(Ben, new MemoryKeyStore());
        new Nes2Suite().GenerateKeys(Ben, renewed.Keys, new KeyGenerationOptions(), default);
        Later(RecordOf(renewed));
        Assert.Equal(SendFailure.KeyChanged, (await SendAsync(amy, "to whom?")).Failure);
        var accepted = await amy.ChangeContactAsync(Ben, new ContactChange.AcceptKeys(Contact(amy).Offered!.Value), default);
        Assert.Equal(("nes2", SuiteRefusal.None, TrustState.Pinned), (accepted!.Suite, accepted.SuiteRefusal, accepted.Trust));
        Assert.Equal(MessageState.Published, (await SendAsync(amy, "to the new ben")).State);
        Assert.True(IsNes2(Frames()[^1]));
    }

    [Fact]
    public async Task Own_keys_that_others_cannot_see_begin_nothing_until_they_are_published()
    {
        Show(Stripped(RecordOf(_amy)));
        Show(_record);
        var amy = await OnlineAsync();
        await SendAsync(amy, "ben could not verify nes2");
        Assert.Equal((false, null), (IsNes2(Frames()[^1]), Contact(amy).Suite));

        Show(RecordOf(_amy));
        Clock.Advance(TimeSpan.FromMinutes(1));
        await SendAsync(amy, "now he can");
        Assert.Equal((true, "nes2"), (IsNes2(Frames()[^1]), Contact(amy).Suite));
    }

    [Fact]
    public async Task Own_keys_that_are_another_installation_s_begin_nothing()
    {
        Show(RecordOf(_amy with { Keys = Make(VectorUser.Amy).Keys }));
        Show(_record);
        var amy = await OnlineAsync();
        await SendAsync(amy, "ben would take nes2 for somebody else's");
        Assert.Equal((false, null), (IsNes2(Frames()[^1]), Contact(amy).Suite));
    }

    [Fact]
    public async Task Own_keys_that_were_stripped_stop_sending()
    {
        var amy = await UpgradedAsync();
        Show(Stripped(RecordOf(_amy)));
        Clock.Advance(TimeSpan.FromMinutes(11));
        var failed = await SendAsync(amy, "could ben verify it?");
        Assert.Equal(SendFailure.OwnKeysUnseen, failed.Failure);
        Assert.Contains("your own keys", failed.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OlderSuitePolicy.Warn)]
    [InlineData(OlderSuitePolicy.Refuse)]
    public async Task A_frame_of_the_older_suite_is_marked_or_refused(OlderSuitePolicy policy)
    {
        var amy = await UpgradedAsync(policy: new ContactPolicy { OlderSuite = policy });
        Clock.Advance(TimeSpan.FromMinutes(11));
        Deliver(Older, "injected");
        if (policy == OlderSuitePolicy.Refuse)
        {
            Assert.Equal(1, (await SettledAsync(amy, status => status.Dropped.Values.Sum() == 1)).Dropped[DropReason.OlderSuite]);
            return;
        }
        Assert.True((await TakeAsync<MessageReceived>(amy, 1))[0].Message.IsOlderSuite);
        Deliver(Both, "by nes2");
        Assert.False((await TakeAsync<MessageReceived>(amy, 2))[1].Message.IsOlderSuite);
    }

    [Fact]
    public async Task A_frame_of_a_suite_that_its_sender_has_just_given_up_the_other_for_is_not_marked()
    {
        var amy = await UpgradedAsync(policy: new ContactPolicy { OlderSuite = OlderSuitePolicy.Refuse });
        Show(RecordOf(_ben, Older));
        Deliver(Older, "I have the old program again");
        Assert.False((await TakeAsync<MessageReceived>(amy, 1))[0].Message.IsOlderSuite);
    }

    [Fact]
    public async Task A_frame_that_came_before_a_better_suite_of_its_sender_was_seen_is_not_marked()
    {
        Show(RecordOf(_amy));
        Show(_record);
        var amy = await OnlineAsync(new ContactPolicy { OlderSuite = OlderSuitePolicy.Refuse });
        Deliver(Older, "before anybody knew");
        Assert.False((await TakeAsync<MessageReceived>(amy, 1))[0].Message.IsOlderSuite);
        Assert.Equal("nes2", Contact(amy).Suite);
    }

    private async Task<IMessenger> UpgradedAsync(PublicRecord? record = null, ContactPolicy? policy = null)
    {
        Show(RecordOf(_amy));
        Show(record ?? _record);
        var amy = await OnlineAsync(policy);
        Assert.Equal(MessageState.Published, (await SendAsync(amy, "by nes2")).State);
        Assert.Equal("nes2", Contact(amy).Suite);
        Assert.True(IsNes2(Frames()[^1]));
        return amy;
    }

    private async Task<IMessenger> OnlineAsync(ContactPolicy? policy = null)
    {
        var amy = (await StartAsync(_amy, _network.Create, Address, policy: policy)).Messenger;
        _connection = _network.NextConnection();
        await TakeAsync<ConnectionChanged>(amy, 1, changed => changed.State == ConnectionState.Online);
        return amy;
    }

    private ScriptedTransport? _connection;

    private void Later(PublicRecord record)
    {
        Show(record);
        Clock.Advance(TimeSpan.FromMinutes(11));
    }

    private void Deliver(string[] used, string text)
    {
        // Keys that were asked for before can be told from those asked for later.
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        var (suite, identity) = Load(_ben, used);
        using var amy = suite.ReadPeer(RecordOf(_amy));
        var composed = ((Core.Suites.JoinedIdentity)identity).Compose(new Message(Ben, _amy.Name, Clock.GetUtcNow(), text), used[^1]);
        _connection!.Deliver(_amy.Name, identity.Seal(composed, amy).Bytes);
    }

    private PublicRecord BoundTo(char directory)
    {
        var identity = Load(_ben, Both).Identity;
        identity.BindTo(new DirectoryId(new string(directory, 64)));
        return identity.PublicRecord;
    }

    private List<byte[]> Frames() => [.. _connection!.Published.Select(published => published.Frame)];

    private Contact Contact(IMessenger amy) => amy.ContactAsync(Ben, default).Result;

    private async Task<StoredMessage> SendAsync(IMessenger amy, string text) => await amy.SettleAsync(await amy.SendAsync(Ben, text, default), Patience, default);

    private static bool IsNes2(byte[] frame) => frame.AsSpan().StartsWith("NES2"u8);

    private static string Changed(string statement, Func<byte[], byte[]> change) => System.Buffers.Text.Base64Url.EncodeToString(change(System.Buffers.Text.Base64Url.DecodeFromChars(statement)));

    private static byte[] Replace(byte[] bytes, string what, string with)
    {
        var text = System.Text.Encoding.Latin1.GetString(bytes);
        Assert.Contains(what, text, StringComparison.Ordinal);
        return System.Text.Encoding.Latin1.GetBytes(text.Replace(what, with, StringComparison.Ordinal));
    }
}

using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.Nes2;
using NesActors.Crypto.Nes2.Frames;
using NesActors.Crypto.Nes2.Statements;
using NesActors.PluginContracts.Crypto;
using NesActors.Testing.Vectors;

namespace NesActors.Crypto.Tests.Nes2;

/// <summary>The directory that a statement is for: whoever brings it to another is found out, and its user may move.</summary>
public sealed class DirectoryTests : IDisposable
{
    private static readonly DirectoryId Here = Id(1), There = Id(2);

    private readonly SpecClock _clock = new();
    private readonly Person _amy, _ben;

    public DirectoryTests() => (_amy, _ben) = (new Person(VectorUser.Amy, _clock), new Person(VectorUser.Ben, _clock));

    public void Dispose()
    {
        _amy.Dispose();
        _ben.Dispose();
    }

    [Fact]
    public void A_statement_names_the_directory_that_its_user_is_at_and_is_written_anew_where_that_is_another()
    {
        var unbound = _ben.Peer;
        _ben.Identity.BindTo(Here);
        var here = Read();
        var peerHere = _ben.Peer;
        _ben.Identity.BindTo(There);
        var there = Read();

        Assert.Equal((Here.Value, There.Value), (Hex(here), Hex(there)));
        Assert.True(there.Revision > here.Revision && here.Revision > unbound.Revision);
        Assert.Equal(here.Prekey.Key, there.Prekey.Key);
        Assert.Equal((unbound.Fingerprint, unbound.Kid), (peerHere.Fingerprint, peerHere.Kid));
    }

    [Fact]
    public void A_statement_for_the_same_directory_stays_as_it_is()
    {
        _ben.Identity.BindTo(Here);
        var text = _ben.Statement;
        _ben.Identity.BindTo(Here);
        Assert.Equal(text, _ben.Statement);

        using var again = _ben.LoadAgain();
        again.BindTo(Here);
        Assert.Equal(text, again.PublicRecord.Entries["statement_nes2"]);
    }

    [Fact]
    public void Who_does_not_know_the_directory_leaves_a_statement_for_the_one_that_it_was_for()
    {
        _ben.Identity.BindTo(Here);
        var text = _ben.Statement;
        using (var again = _ben.LoadAgain()) Assert.Equal(text, again.PublicRecord.Entries["statement_nes2"]);

        _clock.Set(_clock.GetUtcNow().AddDays(8));
        using var later = _ben.LoadAgain();
        Assert.Equal(Here.Value, Hex(Statement.TryRead(later.PublicRecord.Entries["statement_nes2"])!.Statement));
    }

    [Fact]
    public void Who_does_not_know_the_suites_of_the_session_leaves_a_statement_with_those_that_it_named()
    {
        _ben.Identity.Announce(["nes1"]);
        var text = _ben.Statement;
        using var again = _ben.LoadAgain();

        Assert.Equal(text, again.PublicRecord.Entries["statement_nes2"]);
        again.BindTo(Here);
        Assert.Equal(["nes1"], Statement.TryRead(again.PublicRecord.Entries["statement_nes2"])!.Statement.Suites);
    }

    [Fact]
    public void A_statement_from_a_directory_without_an_id_names_none()
    {
        _ben.Identity.BindTo(Here);
        _ = _ben.Statement;
        _ben.Identity.BindTo(null);

        Assert.Empty(Read().DirectoryId);
    }

    [Fact]
    public void A_statement_in_the_record_of_another_directory_is_refused()
    {
        _ben.Identity.BindTo(Here);

        Assert.Contains("another key directory", Assert.Throws<KeyException>(() => From(There)).Message, StringComparison.Ordinal);
        // Everybody took it there once: the text is the same, and so are the keys.
        Assert.Equal(_ben.Identity.Fingerprint, From(Here).Fingerprint);
    }

    [Fact]
    public void Where_the_directory_of_a_record_or_of_a_statement_is_not_known_it_is_not_another()
    {
        Assert.Equal(_ben.Identity.Fingerprint, From(Here).Fingerprint);
        _ben.Identity.BindTo(Here);
        Assert.Equal(_ben.Identity.Fingerprint, From(null).Fingerprint);
    }

    [Fact]
    public void A_frame_for_the_same_keys_at_another_directory_does_not_open()
    {
        _ben.Identity.BindTo(Here);
        var ben = _ben.Peer;
        var content = ComposedOf("hello");
        byte[] sent = [.. Convert.FromHexString(_amy.Identity.Fingerprint.Value), .. content];
        var swapped = Recipient.Of(Convert.FromHexString(There.Value), _ben.User, _ben.Identity.Fingerprint);
        using var identity = NesActors.Crypto.Nes2.Keys.IdentityKey.Read(_amy.Keys);

        Assert.Equal("hello", _ben.Read(Sealing.Seal(sent, identity.PrivateKey, ben.Recipient, ben.Kid, ben.Prekey), _amy));
        Assert.Equal(DropReason.CannotOpen, _ben.Identity.Open(Sealing.Seal(sent, identity.PrivateKey, swapped, ben.Kid, ben.Prekey)).Reason);
    }

    [Fact]
    public void What_was_under_way_when_the_directory_changed_still_opens_after_a_restart_too()
    {
        var frames = new List<byte[]> { _amy.Seal("0", _ben) };
        foreach (var id in (DirectoryId?[])[Here, There, null, Here])
        {
            _ben.Identity.BindTo(id);
            frames.Add(_amy.Seal($"{frames.Count}", _ben));
        }
        using var again = _ben.LoadAgain();

        Assert.All(frames.Index(), frame => Assert.Equal($"{frame.Index}", _ben.Read(frame.Item, _amy)));
        Assert.All(frames.Index(), frame => Assert.Equal($"{frame.Index}", again.Open(frame.Item).Frame?.Verify(_amy.Peer)?.Text));
    }

    [Fact]
    public void What_is_sent_at_the_directory_of_another_program_with_the_same_keys_opens()
    {
        _ben.Identity.BindTo(Here);
        _ = _ben.Statement;
        using var other = _ben.LoadAgain();
        other.BindTo(There);
        using var there = new Nes2Suite().ReadPeer(other.PublicRecord with { Directory = There });

        var frame = _amy.Identity.Seal(new Message(_amy.User, _ben.User, _clock.GetUtcNow(), "there"), there);

        Assert.Equal("there", _ben.Identity.Open(frame).Frame?.Verify(_amy.Peer)?.Text);
        Assert.Equal(Here.Value, Hex(Read()));
    }

    [Fact]
    public void Two_programs_at_two_directories_make_statements_of_growing_revisions_and_know_each_others_directories()
    {
        using var other = _ben.LoadAgain();
        _ben.Identity.BindTo(Here);
        var here = Read();
        other.BindTo(There);
        var there = Statement.TryRead(other.PublicRecord.Entries["statement_nes2"])!.Statement;

        Assert.True(there.Revision > here.Revision);
        Assert.Equal([Here.Value], EarlierDirectories.Read(_ben.Keys).Ids.Select(Convert.ToHexStringLower));
    }

    [Fact]
    public void A_directory_that_was_left_is_forgotten_with_the_prekeys_of_that_time()
    {
        _ben.Identity.BindTo(Here);
        _ = _ben.Statement;
        _ben.Identity.BindTo(There);
        _ = _ben.Statement;
        Assert.Equal([Here.Value], EarlierDirectories.Read(_ben.Keys).Ids.Select(Convert.ToHexStringLower));

        _clock.Set(_clock.GetUtcNow().AddDays(44.1));
        _ben.Identity.BindTo(Id(3));
        _ = _ben.Statement;
        Assert.Equal([There.Value], EarlierDirectories.Read(_ben.Keys).Ids.Select(Convert.ToHexStringLower));
    }

    [Fact]
    public void No_more_directories_are_kept_than_eight()
    {
        for (var number = 1; number <= 20; number++)
        {
            _ben.Identity.BindTo(Id(number));
            _ = _ben.Statement;
        }

        Assert.Equal(8, EarlierDirectories.Read(_ben.Keys).Ids.Count());
        Assert.Equal("now", _ben.Read(_amy.Seal("now", _ben), _amy));
    }

    [Theory]
    [InlineData("")]
    [InlineData("02")]
    [InlineData("0100")]
    [InlineData("0100050102030405")]
    [InlineData("01ffff")]
    public void A_damaged_list_of_directories_keeps_nobody_from_their_keys(string damaged)
    {
        _ben.Keys.Write(EarlierDirectories.Entry, Convert.FromHexString(damaged), isSecret: false);
        using var again = _ben.LoadAgain();

        Assert.Equal("hello", again.Open(_amy.Seal("hello", _ben)).Frame?.Verify(_amy.Peer)?.Text);
    }

    private Statement Read() => Statement.TryRead(_ben.Statement)!.Statement;

    private IPeerIdentity From(DirectoryId? directory) => new Nes2Suite().ReadPeer(_ben.Identity.PublicRecord with { Directory = directory });

    private byte[] ComposedOf(string text)
    {
        var composed = _amy.Identity.Compose(new Message(_amy.User, _ben.User, _clock.GetUtcNow(), text));
        return composed[(2 + _ben.User.Value.Length)..];
    }

    private static string Hex(Statement statement) => Convert.ToHexStringLower(statement.DirectoryId);

    private static DirectoryId Id(int number) => new(number.ToString("x64", System.Globalization.CultureInfo.InvariantCulture));
}

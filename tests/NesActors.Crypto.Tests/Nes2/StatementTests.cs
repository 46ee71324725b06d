using System.Buffers.Text;
using Geralt;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.Nes2;
using NesActors.Crypto.Nes2.Keys;
using NesActors.Crypto.Nes2.Statements;
using NesActors.PluginContracts.Crypto;
using NesActors.Testing.Vectors;

namespace NesActors.Crypto.Tests.Nes2;

/// <summary>Statements that are wrong in one thing each: changed on the way, or made so by whoever has the keys.</summary>
public sealed class StatementTests : IDisposable
{
    private readonly SpecClock _clock = new();
    private readonly Person _amy, _ben;
    private readonly PublicRecord _record;

    public StatementTests()
    {
        (_amy, _ben) = (new Person(VectorUser.Amy, _clock), new Person(VectorUser.Ben, _clock));
        _record = _amy.Identity.PublicRecord;
    }

    public void Dispose()
    {
        _amy.Dispose();
        _ben.Dispose();
    }

    public static TheoryData<string> Wrong =>
    [
        "user", "no suites", "suites in another order", "a suite twice", "a suite without a name", "a suite of 33 characters", "nine suites", "a directory id of 65 bytes", "identity", "identity of small order", "sign key hash", "a life of 15 days", "a life of no time",
        "a prekey whose lattice half is none", "a prekey whose curve half is of small order", "a prekey signed by another", "a prekey signed for another time", "a prekey signed for another user",
    ];

    [Fact]
    public void A_statement_is_read_as_it_was_made()
    {
        var read = Statement.TryRead(_amy.Statement)!;

        Assert.Equal(_amy.User, read.Statement.User);
        Assert.Equal(["nes1", "nes2"], read.Statement.Suites);
        Assert.Equal(read.Signed, read.Statement.ToBytes());
        Assert.Equal(_clock.GetUtcNow(), read.Statement.Prekey.NotBefore);
        Assert.Empty(read.Statement.DirectoryId);
    }

    [Fact]
    public void A_statement_that_is_made_again_with_the_same_keys_is_accepted() => Assert.Equal(_amy.Identity.Fingerprint, Read(Remade(statement => statement)).Fingerprint);

    [Fact]
    public void No_flipped_bit_of_a_statement_is_accepted()
    {
        var bytes = Base64Url.DecodeFromChars(_amy.Statement);
        Parallel.For(0, bytes.Length * 8, bit =>
        {
            byte[] changed = [.. bytes];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<KeyException>(() => Read(Base64Url.EncodeToString(changed)));
        });
    }

    [Fact]
    public void Other_forms_of_the_same_statement_are_not_accepted()
    {
        var text = _amy.Statement;
        foreach (var other in (string[])[text + "\n", " " + text, text + "=", text.Insert(40, "\n"), text + "AAAA", text[..^4], "", "é"]) Assert.Throws<KeyException>(() => Read(other));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_statement_that_is_wrong_in_one_thing_is_refused_though_all_keys_signed_it(string what) => Assert.Throws<KeyException>(() => Read(Remade(statement => Change(statement, what))));

    [Fact]
    public void A_statement_that_does_not_name_the_suite_takes_it_back_and_nothing_is_sealed_to_it()
    {
        using var peer = Read(Remade(statement => statement with { Suites = ["nes1"] }));
        Assert.Equal(["nes1"], peer.Statement!.Suites);
        Assert.Contains("do not use suite nes2", Assert.Throws<KeyException>(() => _ben.Identity.Seal(new Message(_ben.User, _amy.User, DateTimeOffset.UnixEpoch, "hello"), peer)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_statement_counts_for_its_user_alone() => Assert.Throws<KeyException>(() => new Nes2Suite().ReadPeer(_record with { User = _ben.User }));

    [Fact]
    public void A_statement_counts_with_its_rsa_sign_key_alone() => Assert.Throws<KeyException>(() => ReadWith(PublicRecord.SignKey, _ben.Identity.PublicRecord.Entries[PublicRecord.SignKey]));

    [Fact]
    public void Anothers_statement_is_refused() => Assert.Throws<KeyException>(() => Read(_ben.Statement));

    [Fact]
    public void A_record_without_a_statement_says_that_the_suite_is_not_used()
    {
        var entries = new Dictionary<string, string>(_record.Entries);
        entries.Remove("statement_nes2");

        Assert.Contains("nes2", Assert.Throws<KeyException>(() => new Nes2Suite().ReadPeer(new PublicRecord(_amy.User, entries))).Message, StringComparison.Ordinal);
    }

    private IPeerIdentity Read(string statement) => ReadWith("statement_nes2", statement);

    private IPeerIdentity ReadWith(string entry, string text) => new Nes2Suite().ReadPeer(new PublicRecord(_amy.User, new Dictionary<string, string>(_record.Entries) { [entry] = text }));

    /// <summary>The statement after a change, signed by both of amy's keys.</summary>
    private string Remade(Func<Statement, Statement> change)
    {
        using var identity = IdentityKey.Read(_amy.Keys);
        using var signKey = RsaHalves.Read(_amy.Keys, RsaHalves.Sign);
        var bytes = change(Statement.TryRead(_amy.Statement)!.Statement).ToBytes();
        return Statement.ToText(bytes, identity.Sign(bytes), signKey.SignPss(Statement.CrossSigned(bytes)));
    }

    private Statement Change(Statement statement, string what)
    {
        var prekey = statement.Prekey;
        using var other = IdentityKey.Generate();
        return what switch
        {
            "user" => statement with { User = _ben.User },
            "no suites" => statement with { Suites = [] },
            "suites in another order" => statement with { Suites = ["nes2", "nes1"] },
            "a suite twice" => statement with { Suites = ["nes2", "nes2"] },
            "a suite without a name" => statement with { Suites = ["", "nes2"] },
            "a suite of 33 characters" => statement with { Suites = ["nes2", new string('s', 33)] },
            "nine suites" => statement with { Suites = [.. Enumerable.Range(1, 9).Select(number => $"nes{number}")] },
            "a directory id of 65 bytes" => statement with { DirectoryId = new byte[65] },
            "identity" => statement with { Identity = other.PublicKey.ToArray() },
            "identity of small order" => statement with { Identity = [1, .. new byte[31]] },
            "sign key hash" => statement with { SignKeyHash = new byte[32] },
            "a life of 15 days" => statement with { Prekey = Signed(prekey with { Expires = prekey.NotBefore.AddDays(15) }) },
            "a life of no time" => statement with { Prekey = Signed(prekey with { Expires = prekey.NotBefore }) },
            "a prekey whose lattice half is none" => statement with { Prekey = Signed(prekey with { Key = [0xff, 0xff, .. prekey.Key[2..]] }) },
            "a prekey whose curve half is of small order" => statement with { Prekey = Signed(prekey with { Key = [.. prekey.Key[..^X25519.PublicKeySize], .. new byte[X25519.PublicKeySize]] }) },
            "a prekey signed by another" => statement with { Prekey = prekey with { Signature = other.Sign(PublicPrekey.Signed(_amy.User, prekey.NotBefore, prekey.Expires, prekey.Key)) } },
            "a prekey signed for another time" => statement with { Prekey = prekey with { Expires = prekey.Expires.AddDays(-1) } },
            "a prekey signed for another user" => statement with { Prekey = Signed(prekey, _ben.User) },
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };
    }

    private PublicPrekey Signed(PublicPrekey prekey, Username? user = null)
    {
        using var identity = IdentityKey.Read(_amy.Keys);
        return prekey with { Signature = identity.Sign(PublicPrekey.Signed(user ?? _amy.User, prekey.NotBefore, prekey.Expires, prekey.Key)) };
    }
}

using System.Text;

namespace NesActors.Records.Tests;

/// <summary>Statements as docs/directory-protocol.md writes them, letter for letter.</summary>
public sealed class StatementTests
{
    private static readonly string Dir = Samples.Directory.Hex;
    private static readonly Digest Other = Digest.Of("other"u8);
    private static readonly KeyDigests Keys = new(Digest.Of("message"u8), Digest.Of("sign"u8));
    private static readonly string TwoKeys = $"{Keys.Message.Hex}\n{Keys.Sign.Hex}\n";

    [Fact]
    public void Of_the_directory()
    {
        Says($"nes-directory-fresh-v1\n{Dir}\n{Other.Hex}\n1795348800000\n1795348800001\n", Statements.Fresh(Samples.Directory, Other, Samples.Now, Samples.Now.AddMilliseconds(1)));
        Says($"nes-directory-absent-v1\n{Dir}\nbob\n1795348800000\n1795348800001\n", Statements.Absent(Samples.Directory, Samples.Bob, Samples.Now, Samples.Now.AddMilliseconds(1)));
    }

    [Fact]
    public void Of_owners()
    {
        Says($"nes-directory-register-v1\n{Dir}\nbob\nbob@example.org\n{TwoKeys}", Statements.Register(Samples.Directory, Samples.Bob, "bob@example.org", Keys));
        Says($"nes-directory-change-v1\n{Dir}\nbob\n4\n{Other.Hex}\n{TwoKeys}", Statements.Change(Samples.Directory, Samples.Bob, 4, Other, Keys));
        Says($"nes-directory-revoke-v1\n{Dir}\nbob\n{Other.Hex}\n", Statements.Revoke(Samples.Directory, Samples.Bob, Other));
        Says($"nes-directory-delete-v1\n{Dir}\nbob\n4\n{Other.Hex}\n", Statements.Delete(Samples.Directory, Samples.Bob, 4, Other));
        Says($"nes-directory-recover-v1\n{Dir}\nbob\n{TwoKeys}", Statements.Recover(Samples.Directory, Samples.Bob, Keys));
        Says($"nes-directory-veto-v1\n{Dir}\nbob\n{TwoKeys}", Statements.Veto(Samples.Directory, Samples.Bob, Keys));
    }

    [Fact]
    public void Of_a_record_by_its_hash()
    {
        var active = Samples.Active(3);
        var (message, sign) = (Digest.Of(Samples.First.PublicKey), Digest.Of(Samples.Second.PublicKey));
        Assert.Equal(HashOf($"nes-directory-record-v1\n{Dir}\nbob\n3\nactive\n1795348800000\n{message.Hex}\n{sign.Hex}\n{active.Prev!.Value.Hex}\n"), active.Hash());
        Assert.Equal(HashOf($"nes-directory-record-v1\n{Dir}\nbob\n1\nactive\n1795348800000\n{message.Hex}\n{sign.Hex}\n-\n"), Samples.Active().Hash());
        Assert.Equal(
            HashOf($"nes-directory-record-v1\n{Dir}\nbob\n2\nrevoked\n1795348800000\n-\n-\n{Digest.Of("before"u8).Hex}\n"), Samples.Gone(RecordStatus.Revoked).Hash());
    }

    [Fact]
    public void The_hash_is_of_the_key_however_it_is_written()
    {
        var record = Samples.Active();
        Assert.Equal(record.Hash(), (record with { SignKey = record.SignKey!.ReplaceLineEndings("\r\n") }).Hash());
    }

    [Theory]
    [InlineData("a@b\nmallory")]
    [InlineData("a@b\r")]
    [InlineData("a@b\u0085")]
    public void An_address_cannot_make_another_line(string email) =>
        Assert.Throws<ArgumentException>(() => Statements.Register(Samples.Directory, Samples.Bob, email, Keys));

    private static void Says(string text, byte[] statement) => Assert.Equal(text, Encoding.UTF8.GetString(statement));

    private static Digest HashOf(string text) => Digest.Of(Encoding.UTF8.GetBytes(text));
}

using System.Buffers.Binary;
using System.Text;
using NesActors.Core.Backup;

namespace NesActors.Core.Tests.Backup;

public sealed class SealedFileTests
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("-----BEGIN RSA PRIVATE KEY-----");
    private static readonly byte[] Passphrase = Encoding.UTF8.GetBytes("correct horse battery staple");
    private static readonly Lazy<byte[]> Sealed = new(() => SealedFile.Seal(Content, Passphrase));

    [Fact]
    public void Opens_with_the_passphrase_it_was_sealed_with() => Assert.Equal(Content, SealedFile.Open(Sealed.Value, Passphrase));

    [Fact]
    public void Shows_nothing_of_its_content() => Assert.Equal(-1, Sealed.Value.AsSpan().IndexOf("RSA"u8));

    [Fact]
    public void Two_files_of_the_same_content_have_nothing_in_common_but_their_kind()
    {
        var second = SealedFile.Seal(Content, Passphrase);

        Assert.Equal(Sealed.Value[..19], second[..19]);
        Assert.NotEqual(Sealed.Value[19..], second[19..]);
    }

    [Fact]
    public void Another_passphrase_opens_nothing() => Assert.Null(SealedFile.Open(Sealed.Value, "correct horse battery staplf"u8));

    [Theory]
    [InlineData(18)] // passes
    [InlineData(19)] // salt
    [InlineData(40)] // nonce
    [InlineData(60)] // ciphertext
    [InlineData(-1)] // tag
    public void A_changed_byte_opens_nothing(int at)
    {
        var changed = Sealed.Value.ToArray();
        changed[at < 0 ? ^1 : at] ^= 1;

        Assert.Null(SealedFile.Open(changed, Passphrase));
    }

    [Theory]
    [InlineData("")]
    [InlineData("NES-BACKUP")]
    [InlineData("NES-BACKUP\u0002 of a time to come, long enough to hold all that the first version has in its header")]
    [InlineData("NES-BACKUP\u0001 cut off")]
    [InlineData("PK\u0003\u0004 an archive of another kind, and quite a long one at that, for there is much in it to be kept")]
    public void Says_that_a_file_is_none(string file) =>
        Assert.Throws<FormatException>(() => SealedFile.Open(Encoding.UTF8.GetBytes(file), Passphrase));

    [Theory]
    [InlineData(11, 1u << 21)]
    [InlineData(11, 0u)]
    [InlineData(15, 17u)]
    [InlineData(15, 0u)]
    public void Does_not_do_whatever_work_a_file_asks_for(int at, uint value)
    {
        var greedy = Sealed.Value.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(greedy.AsSpan(at), value);

        Assert.Throws<FormatException>(() => SealedFile.Open(greedy, Passphrase));
    }
}

using System.Buffers.Binary;
using System.Text;
using NesActors.Core.Keys;
using NesActors.Core.Protection;

namespace NesActors.Core.Tests.Protection;

/// <summary>What is in a keyring, as somebody made it who knows the passphrase.</summary>
public sealed class KeyringContentTests
{
    [Fact]
    public void Reads_what_it_wrote()
    {
        using var content = new KeyringContent();
        content.Put("rsa-sign", "one"u8);
        content.Put("empty", []);

        using var read = KeyringContent.Read(content.ToBytes());

        Assert.Equal(["empty", "rsa-sign"], read.Names);
        Assert.Equal("one"u8.ToArray(), read.Find("rsa-sign"));
        Assert.Empty(read.Find("empty")!);
        Assert.Equal(content.ToBytes(), read.ToBytes());
    }

    [Fact]
    public void Refuses_every_part_of_one_and_one_with_more_behind_it()
    {
        using var content = new KeyringContent();
        content.Put("rsa-sign", "one"u8);
        var whole = content.ToBytes();

        for (var length = 0; length < whole.Length; length++) Assert.Throws<FormatException>(() => KeyringContent.Read(whole.AsSpan(0, length)));
        Assert.Throws<FormatException>(() => KeyringContent.Read([.. whole, 0]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../rsa-sign")]
    [InlineData("RSA")]
    [InlineData("a/b")]
    [InlineData("nul\0")]
    [InlineData("a-name-that-is-longer-than-any-entry-of-a-key-store-has-ever-been-")]
    public void Refuses_a_name_that_would_be_no_file_s(string name)
    {
        Assert.Throws<FormatException>(() => KeyringContent.Read(Content(Entry(name, 1))));
        using var content = new KeyringContent();
        Assert.Throws<ArgumentException>(() => content.Put(name, []));
    }

    [Fact]
    public void Refuses_a_name_twice() => Assert.Throws<FormatException>(() => KeyringContent.Read(Content(Entry("rsa-sign", 1), Entry("rsa-sign", 1))));

    [Theory]
    [InlineData(FileKeyStore.MaxBytes + 1u)]
    [InlineData(int.MaxValue)]
    [InlineData(uint.MaxValue)]
    public void Refuses_a_length_that_no_key_has(uint length) => Assert.Throws<FormatException>(() => KeyringContent.Read(Content(Entry("rsa-sign", length))));

    private static byte[] Content(params byte[][] entries) => [.. new byte[KeyWrap.KeySize], (byte)entries.Length, .. entries.SelectMany(entry => entry)];

    /// <summary>An entry that says how long it is, and has one byte.</summary>
    private static byte[] Entry(string name, uint length)
    {
        var number = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(number, length);
        return [(byte)name.Length, .. Encoding.ASCII.GetBytes(name), .. number, 0];
    }
}

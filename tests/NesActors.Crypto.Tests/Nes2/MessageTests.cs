using NesActors.Contracts;
using NesActors.Crypto.Nes2;
using NesActors.Crypto.Nes2.Contents;

namespace NesActors.Crypto.Tests.Nes2;

/// <summary>The message inside the encryption at its limits: docs/protocol-nes2.md, field by field.</summary>
public sealed class MessageTests
{
    private const long Last = 253_402_300_799_999;

    [Fact]
    public void Takes_what_fits_exactly()
    {
        Assert.Equal("hello", Read()!.Text);
        Assert.Equal(new string('a', 255), Read(from: new string('a', 255))!.From);
        Assert.Equal(Message.MaxTextBytes, Read(text: new string('x', Message.MaxTextBytes))!.Text.Length);
        Assert.Equal(DateTimeOffset.MaxValue.ToUnixTimeMilliseconds(), Read(sentAt: Last)!.SentAt.ToUnixTimeMilliseconds());
        Assert.Equal(Acknowledgement.MaxBeyond, Read(ack: Ack(Acknowledgement.MaxBeyond))!.Delivery!.Ack!.Beyond.Count);
    }

    [Fact]
    public void Refuses_another_version() => Assert.Null(Read(version: 2));

    [Fact]
    public void Refuses_a_sender_without_a_name_or_with_one_that_is_too_long_or_not_printable()
    {
        foreach (var from in (string[])["", new string('a', 256), "a my", "amy\n", "am\u007f"]) Assert.Null(Read(from: from));
    }

    [Theory]
    [InlineData(Last + 1)]
    [InlineData(-62_135_596_800_001)]
    [InlineData(long.MinValue)]
    public void Refuses_a_time_outside_the_years_that_there_are(long sentAt) => Assert.Null(Read(sentAt: sentAt));

    [Fact]
    public void Refuses_numbers_that_do_not_fit_together()
    {
        Assert.Null(Read(number: -1));
        Assert.Null(Read(number: 0, stream: 1));
        Assert.Null(Read(number: 1, stream: 1, type: 2, text: "", ack: Ack(0)));
        Assert.NotNull(Read(number: 1, stream: 0));
    }

    [Fact]
    public void Refuses_a_confirmation_of_nothing_or_with_a_text()
    {
        Assert.NotNull(Read(type: 2, text: "", ack: Ack(0)));
        Assert.Null(Read(type: 2, text: ""));
        Assert.Null(Read(type: 2, text: "x", ack: Ack(0)));
    }

    [Fact]
    public void Refuses_an_acknowledgement_of_too_many_or_of_half_a_hash()
    {
        Assert.Null(Read(ack: Ack(Acknowledgement.MaxBeyond + 1)));
        Assert.Null(Read(ack: Ack(1)[..^1]));
        Assert.Null(Read(ack: Ack(0)[..^1]));
        Assert.Null(Read(ack: Ack(0, upTo: -1)));
        Assert.Null(Read(ack: Ack(0, read: -1)));
    }

    [Fact]
    public void Refuses_a_text_that_is_too_long_or_no_utf8_or_of_another_type()
    {
        Assert.Null(Read(text: new string('x', Message.MaxTextBytes + 1)));
        Assert.Null(Read(type: 0));
        Assert.Null(Read(type: 3));
        foreach (var bytes in (byte[][])[[0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xff]]) Assert.Null(ContentCodec.TryRead(Write(body: bytes)));
    }

    [Fact]
    public void Refuses_every_length_that_says_more_or_less_than_there_is()
    {
        var message = Write();
        for (var length = 0; length < message.Length; length++) Assert.Null(ContentCodec.TryRead(message.AsSpan(0, length)));
        Assert.Null(ContentCodec.TryRead([.. message, 0]));
    }

    [Fact]
    public void Passes_over_a_tree_head_and_what_stands_before_nothing()
    {
        Assert.Equal("hello", Read(treeHead: new byte[100])!.Text);
        Assert.Null(Read(previous: 7)!.Delivery);
    }

    private static byte[] Ack(int hashes, long upTo = 1, long read = 0) => new ByteWriter().Bytes(new byte[16]).I64(upTo).I64(read).Bytes(new byte[hashes * Acknowledgement.HashSize]).ToArray();

    private static ContentParts? Read(
        byte version = 1, string from = "amy", long sentAt = 0, byte stream = 0, long number = 0, byte previous = 0, byte[]? treeHead = null, byte[]? ack = null, int type = 1, string text = "hello") =>
        ContentCodec.TryRead(Write(version, from, sentAt, stream, number, previous, treeHead, ack, type, System.Text.Encoding.UTF8.GetBytes(text)));

    private static byte[] Write(
        byte version = 1, string from = "amy", long sentAt = 0, byte stream = 0, long number = 0, byte previous = 0, byte[]? treeHead = null, byte[]? ack = null, int type = 1, byte[]? body = null)
    {
        body ??= "hello"u8.ToArray();
        return new ByteWriter().U8(version).Lp(from).Bytes(new byte[16]).I64(sentAt).Bytes(Filled(16, stream)).I64(number).Bytes(Filled(32, previous))
            .Lp(treeHead ?? []).Lp(ack ?? []).Lp([]).U16(type).U32(body.Length).Bytes(body).ToArray();
    }

    private static byte[] Filled(int length, byte value)
    {
        var bytes = new byte[length];
        Array.Fill(bytes, value);
        return bytes;
    }
}

using System.Text;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.RsaAes;
using NesActors.Rsa;
using NesActors.Testing.Vectors;

namespace NesActors.Crypto.Tests.RsaAes;

/// <summary>Frames and plaintexts that the vectors do not have: what Go's parser would take for something else, and what leads to oracles.</summary>
public sealed class HostileFrameTests
{
    private const string Names = "\"from\":\"amy\",\"to\":\"ben\",";
    private static readonly VectorKeys Keys = VectorKeys.On(EngineName.OpenSsl);

    [Theory]
    [InlineData("{" + Names + "\"timestamp\":1,\"message\":\"hello\"}")]
    [InlineData(" {" + Names + "\"timestamp\":-1,\"message\":\"\\u0068\\ud83d\\ude42\",\"later\":[{\"x\":null}]} ")]
    [InlineData("{\"\\u0066rom\":\"amy\",\"to\":\"ben\",\"timestamp\":1,\"message\":\"escaped name\"}")]
    [InlineData("{" + Names + "\"timestamp\":1,\"message\":\"twice unknown\",\"x\":1,\"x\":2,\"X\":3}")]
    public void Opens_a_plaintext_in_any_good_form(string plaintext) => Assert.NotNull(Open(plaintext).Frame);

    [Theory]
    [InlineData("{" + Names + "\"timestamp\":1,\"message\":\"x\",\"meſſage\":\"y\"}")] // long s, which Go folds to s
    [InlineData("{" + Names + "\"timestamp\":1,\"message\":\"x\",\"\\u006dessage\":\"y\"}")]
    [InlineData("{" + Names + "\"timestamp\":1,\"message\":\"x\",\"MESSAGE\":\"y\"}")]
    [InlineData("{" + Names + "\"timestamp\":1,\"Message\":\"x\"}")]
    [InlineData("{" + Names + "\"timestamp\":1,\"message\":\"x\"} {}")]
    [InlineData("{" + Names + "\"timestamp\":1,\"message\":\"x\"}\0")]
    [InlineData("{" + Names + "\"timestamp\":1,\"message\":\"x\",}")]
    [InlineData("{" + Names + "\"timestamp\":1,\"message\":\"x\"/**/}")]
    [InlineData("{" + Names + "\"timestamp\":1,\"message\":\"\\ud800\"}")]
    [InlineData("{" + Names + "\"timestamp\":1,\"message\":\"x\",\"\\ud800\":1}")]
    [InlineData("{" + Names + "\"timestamp\":1.0,\"message\":\"x\"}")]
    [InlineData("{" + Names + "\"timestamp\":1e3,\"message\":\"x\"}")]
    [InlineData("{" + Names + "\"timestamp\":9223372036854775807,\"message\":\"x\"}")]
    [InlineData("{" + Names + "\"timestamp\":null,\"message\":\"x\"}")]
    [InlineData("{" + Names + "\"timestamp\":1,\"message\":[\"x\"]}")]
    [InlineData("{" + Names + "\"timestamp\":1,\"message\":\"x\",\"deep\":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}")]
    [InlineData("\uFEFF{" + Names + "\"timestamp\":1,\"message\":\"x\"}")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    public void Drops_a_plaintext_that_is_none_or_ambiguous(string plaintext) => Assert.Equal(OpenResult.Dropped(DropReason.BadMessage), Open(plaintext));

    [Theory]
    [InlineData("\"kind\":\"receipt\"")] // of a time to come: no text to be shown
    [InlineData("\"kind\":\"confirm\"")]
    [InlineData("\"kind\":null")]
    [InlineData("\"stream\":\"AAAAAAAAAAAAAAAAAAAAAA\"")]
    [InlineData("\"seq\":1")]
    [InlineData("\"stream\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"seq\":0")]
    [InlineData("\"stream\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"seq\":-1")]
    [InlineData("\"stream\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"seq\":1,\"seq\":2")]
    [InlineData("\"stream\":\"AAAAAAAAAAAAAAAAAAAAAA==\",\"seq\":1")]
    [InlineData("\"stream\":\"AAAA\",\"seq\":1")]
    [InlineData("\"STREAM\":\"AAAAAAAAAAAAAAAAAAAAAA\"")]
    [InlineData("\"ack\":[]")]
    [InlineData("\"ack\":{}")]
    [InlineData("\"ack\":{\"stream\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"upto\":1}")]
    [InlineData("\"ack\":{\"stream\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"upto\":1.5,\"beyond\":[]}")]
    [InlineData("\"ack\":{\"stream\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"upto\":1,\"beyond\":[\"AAAA\"]}")]
    [InlineData("\"ack\":{\"stream\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"upto\":1,\"beyond\":[1]}")]
    [InlineData("\"ack\":{\"stream\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"upto\":1,\"beyond\":[],\"read\":-1}")]
    [InlineData("\"ack\":{\"stream\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"upto\":1,\"beyond\":[],\"read\":null}")]
    public void Drops_a_plaintext_whose_word_of_delivery_makes_no_sense(string fields) =>
        Assert.Equal(OpenResult.Dropped(DropReason.BadMessage), Open("{" + Names + "\"timestamp\":1,\"message\":\"x\"," + fields + "}"));

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"has\":{},\"sees\":{}}")]
    [InlineData("{\"later\":[1],\"has\":{\"nes2\":\"x\"},\"Has2\":null}")]
    [InlineData("{\"sees\":{\"nes2\":{\"rev\":9223372036854775807,\"later\":{},\"keys\":\"0000000000000000000000000000000000000000000000000000000000000000\"}}}")]
    public void Takes_what_is_told_of_suites_in_any_good_form(string caps) => Assert.NotNull(Open("{" + Names + "\"timestamp\":1,\"message\":\"x\",\"caps\":" + caps + "}").Frame);

    [Theory]
    [InlineData("\"caps\":null")]
    [InlineData("\"caps\":[]")]
    [InlineData("\"caps\":{},\"caps\":{}")]
    [InlineData("\"Caps\":{}")]
    [InlineData("\"caps\":{\"has\":null}")]
    [InlineData("\"caps\":{\"HAS\":{}}")]
    [InlineData("\"caps\":{\"has\":{},\"has\":{}}")]
    [InlineData("\"caps\":{\"has\":{\"nes2\":1}}")]
    [InlineData("\"caps\":{\"has\":{\"nes2\":\"\"}}")]
    [InlineData("\"caps\":{\"has\":{\"nes2\":\"tab\\t\"}}")]
    [InlineData("\"caps\":{\"has\":{\"nes2\":\"x\",\"nes2\":\"y\"}}")]
    [InlineData("\"caps\":{\"has\":{\"nes2\":\"x\",\"\\u006ees2\":\"y\"}}")]
    [InlineData("\"caps\":{\"has\":{\"../nes2\":\"x\"}}")]
    [InlineData("\"caps\":{\"has\":{\"\":\"x\"}}")]
    [InlineData("\"caps\":{\"has\":{\"\\ud800\":\"x\"}}")]
    [InlineData("\"caps\":{\"has\":{\"a\":\"x\",\"b\":\"x\",\"c\":\"x\",\"d\":\"x\",\"e\":\"x\"}}")]
    [InlineData("\"caps\":{\"sees\":[]}")]
    [InlineData("\"caps\":{\"sees\":{\"nes2\":1}}")]
    [InlineData("\"caps\":{\"sees\":{\"nes2\":{\"rev\":1}}}")]
    [InlineData("\"caps\":{\"sees\":{\"nes2\":{\"keys\":\"0000000000000000000000000000000000000000000000000000000000000000\"}}}")]
    [InlineData("\"caps\":{\"sees\":{\"nes2\":{\"keys\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"rev\":-1}}}")]
    [InlineData("\"caps\":{\"sees\":{\"nes2\":{\"keys\":\"000000000000000000000000000000000000000000000000000000000000000\",\"rev\":1}}}")]
    [InlineData("\"caps\":{\"sees\":{\"nes2\":{\"keys\":\"G000000000000000000000000000000000000000000000000000000000000000\",\"rev\":1}}}")]
    public void Drops_a_plaintext_whose_word_of_suites_makes_no_sense(string fields) =>
        Assert.Equal(OpenResult.Dropped(DropReason.BadMessage), Open("{" + Names + "\"timestamp\":1,\"message\":\"x\"," + fields + "}"));

    [Fact]
    public void Takes_no_longer_statement_than_a_message_may_carry()
    {
        string With(int length) => "{" + Names + "\"timestamp\":1,\"message\":\"x\",\"caps\":{\"has\":{\"nes2\":\"" + new string('x', length) + "\"}}}";

        Assert.NotNull(Open(With(Capabilities.MaxStatementLength)).Frame);
        Assert.Equal(OpenResult.Dropped(DropReason.BadMessage), Open(With(Capabilities.MaxStatementLength + 1)));
    }

    [Fact]
    public void Takes_no_more_hashes_than_a_message_may_carry()
    {
        string With(int hashes) => "{" + Names + "\"timestamp\":1,\"message\":\"x\",\"ack\":{\"stream\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"upto\":1,\"beyond\":["
            + string.Join(',', Enumerable.Repeat($"\"{new string('A', 43)}\"", hashes)) + "]}}";

        Assert.NotNull(Open(With(Acknowledgement.MaxBeyond)).Frame);
        Assert.Equal(OpenResult.Dropped(DropReason.BadMessage), Open(With(Acknowledgement.MaxBeyond + 1)));
    }

    [Theory]
    [InlineData("\"cipherkey\"", "\"cipher\u212Aey\"")] // Kelvin sign, which Go folds to k
    [InlineData("\"cipherkey\"", "\"CipherKey\"")]
    [InlineData("{", "{\"signature\":\"AAAA\",")]
    [InlineData("{", "{\"Signature\":\"AAAA\",")]
    [InlineData("=\"}", "=\"}{}")]
    [InlineData("=\"}", "\"}")]
    [InlineData("=\"}", "==\"}")]
    [InlineData("=\"}", "= \"}")]
    [InlineData("=\"}", "=+/\"}")]
    public void Drops_a_frame_that_is_none_or_ambiguous(string part, string other)
    {
        var frame = Seal("{" + Names + "\"timestamp\":1,\"message\":\"x\"}");
        Assert.NotNull(Keys.Identity("ben").Open(Encoding.UTF8.GetBytes(frame)).Frame);

        var changed = frame.Replace(part, other, StringComparison.Ordinal);

        Assert.Equal(OpenResult.Dropped(DropReason.BadFrame), Keys.Identity("ben").Open(Encoding.UTF8.GetBytes(changed)));
    }

    [Fact]
    public void Line_breaks_in_base64_are_passed_over_as_go_does()
    {
        var frame = Seal("{" + Names + "\"timestamp\":1,\"message\":\"x\"}");
        var broken = frame.Replace("\"cipherkey\":\"", "\"cipherkey\":\"\\r\\n", StringComparison.Ordinal).Replace("=\"", "\\n=\\n\"", StringComparison.Ordinal);

        Assert.NotNull(Keys.Identity("ben").Open(Encoding.UTF8.GetBytes(broken)).Frame);
    }

    [Fact]
    public void Every_last_byte_of_the_padding_gives_the_same_outcome()
    {
        var plaintext = Encoding.UTF8.GetBytes("{" + Names + "\"timestamp\":1,\"message\":\"0123456789\"}");
        var secret = new byte[Envelope.SecretLength];
        var cipherKey = ((RsaAesPeer)Keys.Peer("ben")).MessageKey.Encrypt(secret);
        var ciphertext = Envelope.Encrypt(secret, plaintext);
        var reasons = new HashSet<DropReason>();
        for (var value = 1; value < 256; value++)
        {
            byte[] changed = [.. ciphertext];
            changed[^17] ^= (byte)value;
            var result = Keys.Identity("ben").Open(FrameCodec.Write(cipherKey, changed, new byte[256]));
            Assert.Null(result.Frame);
            reasons.Add(result.Reason);
        }

        // Padding of one byte comes out right by chance once, and then the block before is noise: no message.
        Assert.Subset(new HashSet<DropReason> { DropReason.CannotOpen, DropReason.BadMessage }, reasons);
    }

    [Fact]
    public void A_frame_above_a_mebibyte_is_not_looked_at()
    {
        var frame = FrameCodec.Write(new byte[256], new byte[800_000], new byte[256]);

        Assert.Equal(OpenResult.Dropped(DropReason.BadFrame), Keys.Identity("ben").Open(frame));
    }

    private static OpenResult Open(string plaintext) => Keys.Identity("ben").Open(Encoding.UTF8.GetBytes(Seal(plaintext)));

    private static string Seal(string plaintext)
    {
        var bytes = Encoding.UTF8.GetBytes(plaintext);
        using var signKey = RsaPrivateKey.FromPem(Encoding.ASCII.GetBytes(VectorUser.Amy.PrivateSignPem));
        var secret = new byte[Envelope.SecretLength];
        var peer = (RsaAesPeer)Keys.Peer("ben");
        return Encoding.UTF8.GetString(FrameCodec.Write(peer.MessageKey.Encrypt(secret), Envelope.Encrypt(secret, bytes), signKey.SignPss(bytes)));
    }
}

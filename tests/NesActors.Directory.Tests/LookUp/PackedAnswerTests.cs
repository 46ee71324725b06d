using System.Buffers.Text;
using System.Text;
using NesActors.Contracts;
using NesActors.Directory.Storage;
using NesActors.Directory.Tests.Support;
using NesActors.Records;

namespace NesActors.Directory.Tests.LookUp;

public sealed class PackedAnswerTests
{
    private static readonly Random Random = new(20261123);

    /// <summary>What is base64 almost, or is cut off in the middle, or is no text at all.</summary>
    public static TheoryData<string> Odd =>
    [
        "", "=", "A", "AAAA", "====", "AAAAAAAAAAAA", "AAAAAAAAAAA=", "AAAAAAAAAAA==", "AAAA AAAA AAAA AAAA", "AAAA\nAAAA\r\nAAAA\tAAAA", "++++++++++++------------", "------------++++++++++++", "+-+-+-+-+-+-+-+-+-+-+-+-",
        "+++++++++++-----------", "AAAAAAAAAAAA____AAAA////AAAAAAAAAAAA", @"\n", @"\\n", @"\", @"\n\n\nAAAAAAAAAAAA\n", """{"response":{"public_key_message":"-----BEGIN PUBLIC KEY-----\n""", """{"response":{"public_key_message":"-----BEGIN PUBLIC KEY-----""",
        @"\n-----END PUBLIC KEY-----\n"",""public_key_sign"":""-----BEGIN RSA PUBLIC KEY-----\n", "-----BEGIN PUBLIC KEY-----\r\nAAAAAAAAAAAAAAAA\r\n-----END PUBLIC KEY-----\r\n", "ÄÖÜäöüß€💩", "\0\u0001\u007f\u0080\u00ff",
    ];

    [Theory]
    [MemberData(nameof(Odd))]
    public void What_is_odd_comes_back(string text) => ComesBack(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Base64_of_every_length_comes_back()
    {
        for (var bytes = 0; bytes < 300; bytes++)
        {
            ComesBack(Base64Url.EncodeToUtf8(Bytes(bytes)));
            ComesBack(Encoding.ASCII.GetBytes(Convert.ToBase64String(Bytes(bytes))));
            ComesBack(Encoding.ASCII.GetBytes(Convert.ToBase64String(Bytes(bytes), Base64FormattingOptions.InsertLineBreaks)));
        }
    }

    [Fact]
    public void Every_phrase_comes_back_whole_and_cut_off_anywhere()
    {
        foreach (var phrase in AnswerPhrases.All)
        {
            for (var length = 0; length <= phrase.Length; length++) ComesBack([.. phrase[..length], .. phrase[length..], .. phrase[..length]]);
        }
    }

    [Fact]
    public void Whatever_is_thrown_together_comes_back()
    {
        for (var i = 0; i < 5_000; i++)
        {
            var text = new List<byte>();
            for (var parts = Random.Next(12); parts > 0; parts--) text.AddRange(AnyPart());
            ComesBack([.. text]);
        }
    }

    [Fact]
    public void Bytes_of_any_kind_come_back()
    {
        for (var i = 0; i < 2_000; i++) ComesBack(Bytes(Random.Next(400)));
    }

    [Theory]
    [InlineData("amy")]
    [InlineData("cat3072")]
    [InlineData("dan-4096")]
    public void An_answer_comes_back_and_takes_less_than_three_quarters(string user)
    {
        foreach (var statement in (string?[])[null, Base64Url.EncodeToString(Bytes(1_760))])
        {
            var answer = Answer(user, statement);
            ComesBack(answer);
            Assert.InRange(PackedAnswer.Pack(answer).Length, answer.Length / 2, answer.Length * 0.72);
        }
    }

    [Fact]
    public void Three_answers_fit_a_page_of_SQLite_and_so_does_one_with_a_statement_five_of_which_fit_a_page_of_16_KiB()
    {
        // By the format of SQLite's files: 8 bytes a page, 2 a row, and up to 15 of a row's own.
        Assert.InRange(PackedAnswer.Pack(Answer("amy", null)).Length, 1, (4096 - 8) / 3 - 2 - 15);
        Assert.InRange(PackedAnswer.Pack(Answer("amy", Base64Url.EncodeToString(Bytes(1_800)))).Length, 1, (16384 - 8) / 5 - 2 - 15);
    }

    [Fact]
    public void What_was_packed_before_is_read_for_ever()
    {
        var phrase = """{"response":{"v":1,"dir":" """.TrimEnd();
        byte[] answer = [.. Encoding.ASCII.GetBytes(phrase), .. "abcd++//WXYZ-_-_0123____ \"="u8, 0x00, 0xff];
        var stored = Convert.FromHexString("371B0D69B71DFBEFFF5976190EFBFFBFD35DB7FFFFFF1420223D00FF");
        Assert.Equal(answer, PackedAnswer.Unpack(stored));
        Assert.Equal(stored, PackedAnswer.Pack(answer));
    }

    [Fact]
    public void What_is_damaged_is_refused_or_is_some_other_text_and_never_a_fault()
    {
        var packed = PackedAnswer.Pack(Answer("amy", "what amy says"));
        for (var length = 0; length < packed.Length; length++) IsHarmless(packed[..length]);
        for (var at = 0; at < packed.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var damaged = packed.ToArray();
                damaged[at] ^= (byte)(1 << bit);
                IsHarmless(damaged);
            }
        }
        for (var i = 0; i < 20_000; i++) IsHarmless(Bytes(Random.Next(40)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("FFFFFFFF7F")]
    [InlineData("8080808000")]
    [InlineData("818040")]
    [InlineData("01")]
    [InlineData("0100")]
    [InlineData("0008AA")]
    [InlineData("0104")]
    [InlineData("0408AABB")]
    [InlineData("0405AAAA")]
    [InlineData("03FFFFFF7F")]
    [InlineData("020303")]
    public void What_cannot_be_is_refused(string packed) => Assert.Throws<FormatException>(() => PackedAnswer.Unpack(Convert.FromHexString(packed)));

    [Fact]
    public void More_than_any_answer_has_is_refused()
    {
        ComesBack(new byte[PackedAnswer.MaxLength]);
        Assert.Throws<ArgumentException>(() => PackedAnswer.Pack(new byte[PackedAnswer.MaxLength + 1]));
    }

    private static void ComesBack(byte[] answer)
    {
        var packed = PackedAnswer.Pack(answer);
        Assert.Equal(answer, PackedAnswer.Unpack(packed));
        // Never more than a number for the length, and one for all that stays as it is.
        Assert.InRange(packed.Length, 1, answer.Length + 8);
    }

    private static void IsHarmless(byte[] packed)
    {
        try
        {
            Assert.InRange(PackedAnswer.Unpack(packed).Length, 0, PackedAnswer.MaxLength);
        }
        catch (FormatException)
        {
            return;
        }
    }

    private static byte[] AnyPart() => Random.Next(6) switch
    {
        0 => AnswerPhrases.All[Random.Next(AnswerPhrases.All.Length)],
        1 => AnswerPhrases.All[Random.Next(AnswerPhrases.All.Length)] is var phrase ? phrase[..Random.Next(phrase.Length)] : [],
        2 => Base64Url.EncodeToUtf8(Bytes(Random.Next(60))),
        3 => Encoding.ASCII.GetBytes(Convert.ToBase64String(Bytes(Random.Next(60)))),
        4 => [.. Enumerable.Range(0, Random.Next(9)).Select(_ => @"\n""-_+/=A "u8[Random.Next(9)])],
        _ => Bytes(Random.Next(6)),
    };

    private static byte[] Answer(string user, string? statement)
    {
        var record = new DirectoryRecord(Digest.Of([1]), Username.Parse(user), 1, RecordStatus.Active, DateTimeOffset.FromUnixTimeMilliseconds(1_795_460_000_123))
        {
            MessageKey = TestKeys.Message(user),
            SignKey = TestKeys.Sign(user),
            Published = statement is null ? SuiteStatements.None : SuiteStatements.None.With("nes2", statement, 1_795_460_001_456),
        };
        // As by a directory's key of 4096 bits.
        return [.. "{\"response\":"u8, .. record.ToJson(), .. ",\"signature\":\""u8, .. Base64Url.EncodeToUtf8(Bytes(512)), .. "=\""u8];
    }

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Random.NextBytes(bytes);
        return bytes;
    }
}

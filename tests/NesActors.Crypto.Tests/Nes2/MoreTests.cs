using System.Text;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.Nes2.Contents;

namespace NesActors.Crypto.Tests.Nes2;

/// <summary>The field that tells of suites, in forms that the writer makes and in others.</summary>
public sealed class MoreTests
{
    private const string Suite = "00046e657332", Other = "00046e657333";
    private static readonly string Keys = string.Concat(Enumerable.Repeat("5a", 32));

    private static string Seen => Suite + Keys + "0000000000000007";

    [Fact]
    public void What_is_written_is_as_the_document_says()
    {
        var capabilities = new Capabilities
        {
            Statements = new Dictionary<string, string> { ["nes3"] = "y", ["nes2"] = "xx" },
            Sees = new Dictionary<string, SeenStatement> { ["nes2"] = new(new Fingerprint(Keys), 7) },
        };

        Assert.Equal("01002f01" + Seen + "02001402" + Suite + "00027878" + Other + "000179", Convert.ToHexStringLower(MoreCodec.Write(capabilities)));
        Assert.Empty(MoreCodec.Write(null));
    }

    [Fact]
    public void Nothing_says_nothing() => Assert.Null(Read(""));

    [Theory]
    [InlineData("010001" + "00", 0)]
    [InlineData("010001" + "00" + "030002" + "ffff", 0)] // of a time to come
    [InlineData("000000" + "010001" + "00" + "ff0000", 0)]
    public void Parts_that_are_not_known_are_passed_over(string more, int sees) => Assert.Equal((sees, null), (Read(more)!.Sees?.Count, Read(more)!.Statements));

    [Fact]
    public void A_part_that_is_not_known_alone_says_nothing() => Assert.Null(Read("070003" + "010203"));

    public static TheoryData<string> Malformed =>
    [
        "01", "0100", "010001", "010000", "01000100ff", // no value, or more than one
        "010001" + "01", "01002f" + "02" + Seen, "01002f" + "00" + Seen, "010030" + "01" + Seen + "00", // another count
        "01002e" + "01" + Seen[..^2], "01002f" + "01" + Suite + Keys + "8000000000000000", // a revision that is none
        "01005d" + "02" + Seen + Seen, // a suite twice
        "02000e" + "02" + Other + "0000" + Suite + "0000", // no text
        "020010" + "02" + Other + "000179" + Suite + "000178", // out of order
        "02000a" + "01" + Suite + "00020a0a", "02000a" + "01" + Suite + "0002c3a9", // no printable ASCII
        "02000a" + "01" + "00044e455332" + "00027878", "020006" + "01" + "0000" + "000178", // names of no suite
        "010001" + "00" + "010001" + "00", "020001" + "00" + "010001" + "00", // a kind twice, or out of order
    ];

    [Theory]
    [MemberData(nameof(Malformed))]
    public void What_is_malformed_spoils_the_message(string more) => Assert.False(MoreCodec.TryRead(Convert.FromHexString(more), out _));

    [Fact]
    public void No_more_and_no_longer_than_the_limits_is_taken()
    {
        Assert.True(MoreCodec.TryRead(Statements(Capabilities.MaxStatements, 1), out _));
        Assert.False(MoreCodec.TryRead(Statements(Capabilities.MaxStatements + 1, 1), out _));
        Assert.True(MoreCodec.TryRead(Statements(1, Capabilities.MaxStatementLength), out _));
        Assert.False(MoreCodec.TryRead(Statements(1, Capabilities.MaxStatementLength + 1), out _));
        Assert.False(MoreCodec.TryRead(MoreCodec.Write(new Capabilities { Sees = Enumerable.Range(0, Capabilities.MaxSees + 1).ToDictionary(i => $"s{i}", _ => new SeenStatement(new Fingerprint(Keys), 1)) }), out _));
    }

    private static byte[] Statements(int count, int length) => MoreCodec.Write(new Capabilities { Statements = Enumerable.Range(0, count).ToDictionary(i => $"s{i}", _ => new string('x', length)) });

    private static Capabilities? Read(string more)
    {
        Assert.True(MoreCodec.TryRead(Convert.FromHexString(more), out var capabilities), Encoding.ASCII.GetString(Convert.FromHexString(more)));
        return capabilities;
    }
}

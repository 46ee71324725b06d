using System.Text.RegularExpressions;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.Tests.Messaging;

public sealed class SafetyNumberTests
{
    private static readonly Fingerprint KeysOfAmy = new(new string('a', 64));
    private static readonly Fingerprint KeysOfBen = new(new string('b', 64));

    /// <summary>The numbers of libsignal's own tests (<c>rust/protocol/src/fingerprint.rs</c>).</summary>
    [Theory]
    [InlineData("+14152222222", "0506863bc66d02b40d27b8d49ca7c09e9239236f9d7d25d6fcca5ce13c7064d868", "300354477692869396892869876765")]
    [InlineData("+14153333333", "05f781b6fb32fed9ba1cf2de978d4d5da28dc34046ae814402b5c0dbd96fda907b", "458257569162576843440918079131")]
    public void Is_made_as_Signal_makes_it(string name, string key, string half) =>
        Assert.Equal(half, SafetyNumber.Half(name, Convert.FromHexString(key)));

    [Fact]
    public void Both_see_the_same_one()
    {
        var (amy, ben) = (Username.Parse("amy"), Username.Parse("ben"));
        Assert.Equal(SafetyNumber.Of(amy, KeysOfAmy, ben, KeysOfBen), SafetyNumber.Of(ben, KeysOfBen, amy, KeysOfAmy));
    }

    [Fact]
    public void Is_another_one_under_other_keys_and_for_another_name()
    {
        var number = SafetyNumber.Of(Username.Parse("amy"), KeysOfAmy, Username.Parse("ben"), KeysOfBen);
        Assert.NotEqual(number, SafetyNumber.Of(Username.Parse("amy"), KeysOfAmy, Username.Parse("ben"), KeysOfAmy));
        Assert.NotEqual(number, SafetyNumber.Of(Username.Parse("amy"), KeysOfAmy, Username.Parse("bem"), KeysOfBen));
    }

    [Fact]
    public void Is_read_back_from_its_groups()
    {
        var number = SafetyNumber.Of(Username.Parse("amy"), KeysOfAmy, Username.Parse("ben"), KeysOfBen);
        Assert.Matches(new Regex(@"\A(\d{5} ){11}\d{5}\z"), number.ToGroups());
        Assert.True(SafetyNumber.TryParse(number.ToGroups().Replace(" 1", "\n 1"), out var read));
        Assert.Equal(number, read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789x")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789٣")]
    public void Refuses_what_is_none(string? text) => Assert.False(SafetyNumber.TryParse(text, out _));
}

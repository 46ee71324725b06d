using NesActors.Contracts.Crypto;

namespace NesActors.Core.Tests.Messaging;

public sealed class FingerprintTests
{
    private static readonly string Digits = string.Concat(Enumerable.Repeat("0123456789abcdef", 4));

    [Theory]
    [InlineData("0123456789abcdef", "0123456789abcdef")]
    [InlineData(" 0123 4567 89AB CDEF\n0", "0123456789abcdef0")]
    public void Reads_the_first_digits_as_a_person_types_them(string typed, string digits)
    {
        Assert.Equal(digits, Fingerprint.ReadTyped(typed));
        Assert.False(Fingerprint.TryParse(typed, out _));
    }

    [Fact]
    public void Reads_all_digits()
    {
        var fingerprint = new Fingerprint(Digits);
        Assert.True(Fingerprint.TryParse(fingerprint.ToGroups().ToUpperInvariant(), out var read));
        Assert.Equal((fingerprint, Digits), (read, Fingerprint.ReadTyped(Digits)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0123456789abcde")]
    [InlineData("0123456789abcdeg")]
    [InlineData("0123456789abcde\u0661")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0")]
    public void Reads_nothing_from_too_few_too_many_or_other_characters(string? typed) => Assert.Null(Fingerprint.ReadTyped(typed));
}

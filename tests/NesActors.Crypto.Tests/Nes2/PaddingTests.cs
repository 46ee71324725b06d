using NesActors.Crypto.Nes2.Frames;
using NesActors.PluginContracts.Crypto;
using NesActors.Testing.Vectors;

namespace NesActors.Crypto.Tests.Nes2;

public sealed class PaddingTests
{
    [Theory]
    [InlineData(0, 256)]
    [InlineData(255, 256)]
    [InlineData(256, 512)]
    [InlineData(511, 512)]
    [InlineData(1024, 2048)]
    [InlineData(4095, 4096)]
    [InlineData(4096, 8192)]
    [InlineData(8191, 8192)]
    [InlineData(8192, 12288)]
    public void A_length_goes_into_the_next_bucket(int length, int padded) => Assert.Equal(padded, Padding.PaddedLength(length));

    [Fact]
    public void What_was_padded_has_its_length_again()
    {
        for (var length = 1; length < 9_000; length++)
        {
            var padded = new byte[Padding.PaddedLength(length)];
            padded.AsSpan(0, length).Fill(7);
            Padding.Write(padded, length);
            Assert.True(Padding.IsLength(padded.Length));
            Assert.Equal(length, Padding.ContentLength(padded));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(768)]
    [InlineData(4097)]
    [InlineData(6144)]
    public void Other_lengths_are_none(int length) => Assert.False(Padding.IsLength(length));

    [Fact]
    public void Texts_of_one_bucket_make_frames_of_one_length_and_the_longest_fits()
    {
        var clock = new SpecClock();
        using var amy = new Person(VectorUser.Amy, clock);
        using var ben = new Person(VectorUser.Ben, clock);
        int Length(int text) => amy.Seal(new string('x', text), ben).Length - FrameLayout.CiphertextAt - 16;

        Assert.Equal(Length(0), Length(40));
        Assert.Equal(256, Length(1));
        Assert.Equal(4096, Length(3000));
        Assert.Equal(8192, Length(4096));
        Assert.Equal(17 * 4096, Length(64 * 1024));
    }
}

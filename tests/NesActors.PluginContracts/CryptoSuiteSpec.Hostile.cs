#pragma warning disable CS1591 // A test's name is its documentation.
using CsCheck;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.PluginContracts.Crypto;

namespace NesActors.PluginContracts;

/// <content>What others do to frames.</content>
public abstract partial class CryptoSuiteSpec
{
    [Fact]
    public void Nobody_but_the_recipient_opens_a_frame()
    {
        using var pair = new Pair(this);
        using var mallory = Load(pair.Suite, Mallory);

        var frame = pair.Alice.Seal(NewMessage("for bob alone"), pair.BobAsPeer);

        MustBeDropped(mallory.Open(frame));
    }

    [Fact]
    public void A_frame_does_not_verify_with_other_keys_under_the_senders_name()
    {
        using var pair = new Pair(this);
        using var mallory = Load(pair.Suite, Mallory);
        var opened = MustOpen(pair.Bob, pair.Alice.Seal(NewMessage("from alice"), pair.BobAsPeer));

        // A suite whose records say whose they are refuses this one.
        Accept<KeyException>(() =>
        {
            using var impostor = pair.Suite.ReadPeer(mallory.PublicRecord with { User = Alice });
            Assert.Null(opened.Verify(impostor));
        });
    }

    [Fact]
    public void Nobody_writes_in_anothers_name()
    {
        using var pair = new Pair(this);
        var suite = pair.Suite;
        // Mallory's own keys, and alice's name.
        using var impostor = suite.LoadIdentity(Alice, KeysOf(suite, Mallory).Copy(), Clock);

        var result = pair.Bob.Open(impostor.Seal(NewMessage("send me money"), pair.BobAsPeer));

        Assert.Null(result.Frame?.Verify(pair.AliceAsPeer));
    }

    [Fact]
    public void Every_changed_bit_is_noticed()
    {
        using var pair = new Pair(this);
        var frame = pair.Alice.Seal(NewMessage("a"), pair.BobAsPeer);
        Try(pair, frame, Spread(frame.Length * 8).Select(bit => Flip(frame, bit)));
    }

    [Fact]
    public void Every_truncation_is_noticed()
    {
        using var pair = new Pair(this);
        var frame = pair.Alice.Seal(NewMessage("a"), pair.BobAsPeer);
        Try(pair, frame, Spread(frame.Length).SelectMany(length => (byte[][])[frame[..length], frame[length..][..^1]]));
    }

    [Fact]
    public void Every_added_byte_is_noticed_or_makes_no_difference()
    {
        using var pair = new Pair(this);
        var frame = pair.Alice.Seal(NewMessage("a"), pair.BobAsPeer);
        byte[] added = [0, (byte)' ', (byte)'\n', (byte)'=', (byte)'A', (byte)'}', 0xff];
        Try(pair, frame, added.SelectMany(extra => (byte[][])[[.. frame, extra], [extra, .. frame]]).Append([.. frame, .. frame]));
    }

    [Fact]
    public void Parts_of_two_frames_make_no_third()
    {
        using var pair = new Pair(this);
        var first = pair.Alice.Seal(NewMessage("first"), pair.BobAsPeer);
        var second = pair.Alice.Seal(NewMessage("other"), pair.BobAsPeer);
        var contents = (byte[][])[ContentOf(pair, first), ContentOf(pair, second)];
        foreach (var cut in Spread(Math.Min(first.Length, second.Length)))
        {
            var opened = pair.Bob.Open((byte[])[.. first[..cut], .. second[cut..]]).Frame;
            if (opened?.ClaimedSender == Alice.Value && opened.Verify(pair.AliceAsPeer) is not null)
                Assert.Contains(opened.ContentHash.ToArray(), contents);
        }
    }

    [Fact]
    public void Garbage_is_dropped_without_an_exception()
    {
        using var pair = new Pair(this);
        MustBeDropped(pair.Bob.Open(ReadOnlyMemory<byte>.Empty));
        Gen.Byte.Array[0, 2000].Sample(bytes => MustBeDropped(pair.Bob.Open(bytes)), iter: RandomInputs);
        Gen.Char[' ', '~'].Array[0, 2000].Sample(text => MustBeDropped(pair.Bob.Open(System.Text.Encoding.ASCII.GetBytes(text))), iter: RandomInputs);
    }

    [Fact]
    public void Long_garbage_is_dropped_without_an_exception()
    {
        using var pair = new Pair(this);
        foreach (var filler in (byte[])[0, (byte)'[', (byte)'{', (byte)'A', 0xff])
            MustBeDropped(pair.Bob.Open(Enumerable.Repeat(filler, 1024 * 1024).ToArray()));
    }

    [Fact]
    public void Verifying_with_the_keys_of_another_user_or_suite_is_a_mistake()
    {
        using var pair = new Pair(this);
        var opened = MustOpen(pair.Bob, pair.Alice.Seal(NewMessage("hello"), pair.BobAsPeer));

        Assert.ThrowsAny<ArgumentException>(() => opened.Verify(pair.BobAsPeer));
        Assert.ThrowsAny<ArgumentException>(() => opened.Verify(new ForeignPeer(Alice)));
    }

    [Fact]
    public void Sealing_for_the_wrong_keys_is_a_mistake()
    {
        using var pair = new Pair(this);
        var message = NewMessage("hello");

        Assert.ThrowsAny<ArgumentException>(() => pair.Alice.Seal(message, new ForeignPeer(Bob)));
        Assert.ThrowsAny<ArgumentException>(() => pair.Alice.Seal(message, pair.AliceAsPeer));
        Assert.ThrowsAny<ArgumentException>(() => pair.Alice.Seal(message with { From = Mallory }, pair.BobAsPeer));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        using var pair = new Pair(this);
        foreach (var text in (string[])["\ud800", "ends with half a pair \ud83d", "\ude42 begins with it", "\ude42\ud83d"])
            Assert.ThrowsAny<ArgumentException>(() => pair.Alice.Seal(NewMessage(text), pair.BobAsPeer));
    }

    // Another encoding of the same content is possible in some suites, and the host knows it by the hash. Another content is not.
    private static void Try(Pair pair, byte[] frame, IEnumerable<byte[]> changed)
    {
        var content = ContentOf(pair, frame);
        Parallel.ForEach(changed, bytes =>
        {
            var opened = pair.Bob.Open(bytes).Frame;
            if (opened?.ClaimedSender == Alice.Value && opened.Verify(pair.AliceAsPeer) is not null)
                Assert.Equal(content, opened.ContentHash.ToArray());
        });
    }

    private static byte[] ContentOf(Pair pair, byte[] frame) => MustOpen(pair.Bob, frame).ContentHash.ToArray();

    private static byte[] Flip(byte[] frame, int bit)
    {
        byte[] copy = [.. frame];
        copy[bit / 8] ^= (byte)(1 << (bit % 8));
        return copy;
    }

    private IEnumerable<int> Spread(int count)
    {
        var step = Math.Max(1, count / (double)MaxChangedFrames);
        for (double i = 0; i < count; i += step) yield return (int)i;
    }
}

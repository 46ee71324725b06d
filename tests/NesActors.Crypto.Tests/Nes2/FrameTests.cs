using Geralt;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.Nes2.Frames;
using NesActors.PluginContracts.Crypto;
using NesActors.Testing.Vectors;

namespace NesActors.Crypto.Tests.Nes2;

/// <summary>What others do to a frame, bit by bit and by its structure.</summary>
public sealed class FrameTests : IDisposable
{
    private readonly SpecClock _clock = new();
    private readonly Person _amy, _ben, _cat;
    private readonly byte[] _frame;

    public FrameTests()
    {
        (_amy, _ben, _cat) = (new Person(VectorUser.Amy, _clock), new Person(VectorUser.Ben, _clock), new Person(VectorUser.Cat, _clock));
        _frame = _amy.Seal("hello", _ben);
    }

    public void Dispose()
    {
        foreach (var person in (Person[])[_amy, _ben, _cat]) person.Dispose();
    }

    [Fact]
    public void No_frame_with_a_flipped_bit_opens()
    {
        Assert.Equal("hello", _ben.Read(_frame, _amy));
        Parallel.For(0, _frame.Length * 8, bit =>
        {
            byte[] changed = [.. _frame];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(_ben.Identity.Open(changed).Frame is null, $"Bit {bit} was not noticed.");
        });
    }

    [Fact]
    public void No_truncated_frame_opens() => Parallel.For(0, _frame.Length, length =>
    {
        Assert.Null(_ben.Identity.Open(_frame.AsMemory(0, length)).Frame);
        Assert.Null(_ben.Identity.Open(_frame.AsMemory(length + 1)).Frame);
    });

    [Fact]
    public void No_extended_frame_opens() => Parallel.For(1, 600, more =>
    {
        Assert.Null(_ben.Identity.Open((byte[])[.. _frame, .. new byte[more]]).Frame);
        Assert.Null(_ben.Identity.Open((byte[])[.. new byte[more], .. _frame]).Frame);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(5)]
    public void Another_beginning_or_another_suite_is_no_frame(int at)
    {
        _frame[at] ^= 0x40;

        Assert.Equal(DropReason.BadFrame, _ben.Identity.Open(_frame).Reason);
    }

    [Fact]
    public void Whatever_goes_wrong_behind_the_visible_parts_has_one_outcome()
    {
        foreach (var at in (int[])[FrameLayout.HeaderLength - 1, FrameLayout.HeaderLength, FrameLayout.CiphertextAt - 1, FrameLayout.CiphertextAt, _frame.Length - 1])
        {
            byte[] changed = [.. _frame];
            changed[at] ^= 1;
            Assert.Equal(DropReason.CannotOpen, _ben.Identity.Open(changed).Reason);
        }
        Assert.Equal(DropReason.CannotOpen, _cat.Identity.Open(_frame).Reason);
    }

    [Fact]
    public void A_point_of_small_order_in_the_encapsulation_is_like_any_other_change()
    {
        _frame.AsSpan(FrameLayout.CiphertextAt - X25519.PublicKeySize, X25519.PublicKeySize).Clear();

        Assert.Equal(DropReason.CannotOpen, _ben.Identity.Open(_frame).Reason);
    }

    [Fact]
    public void A_frame_under_the_name_of_another_prekey_of_the_same_user_does_not_open()
    {
        var before = _ben.Prekeys.Single().Kid;
        _clock.Set(_clock.GetUtcNow().AddDays(8));
        var after = _ben.Peer.Kid;
        Assert.NotEqual(before, after);

        FrameLayout.WriteHeader(after, _frame);

        Assert.Equal(DropReason.CannotOpen, _ben.Identity.Open(_frame).Reason);
    }

    [Fact]
    public void What_was_signed_for_one_cannot_be_passed_on_to_another()
    {
        var forwarded = SealAgain(Plaintext(), _cat);

        var opened = _cat.Identity.Open(forwarded).Frame;

        Assert.NotNull(opened);
        Assert.Equal(("amy", "cat3072"), (opened.ClaimedSender, opened.ClaimedRecipient));
        Assert.Null(opened.Verify(_amy.Peer));
    }

    [Fact]
    public void What_was_signed_in_one_frame_is_worth_nothing_in_another_to_the_same_recipient()
    {
        var opened = _ben.Identity.Open(SealAgain(Plaintext(), _ben)).Frame;

        Assert.NotNull(opened);
        Assert.Null(opened.Verify(_amy.Peer));
    }

    [Fact]
    public void The_senders_fingerprint_inside_counts()
    {
        var plaintext = Plaintext();
        plaintext[Ed25519.SignatureSize] ^= 1;

        Assert.Null(_ben.Identity.Open(SealAgain(plaintext, _ben)).Frame?.Verify(_amy.Peer));
    }

    [Fact]
    public void What_is_not_padded_as_it_must_be_is_no_message()
    {
        foreach (var change in (Action<byte[]>[])[bytes => bytes[^1] = 1, bytes => bytes[^1] = 0x80, bytes => bytes[Padding.ContentLength(bytes)] = 0x81])
        {
            var plaintext = Plaintext();
            change(plaintext);
            var opened = _ben.Identity.Open(SealAgain(plaintext, _ben));
            Assert.True(opened.Frame is null ? opened.Reason == DropReason.BadMessage : opened.Frame.Verify(_amy.Peer) is null);
        }
        var longer = new byte[512];
        Plaintext().CopyTo(longer, 0);
        Assert.Equal(DropReason.BadMessage, _ben.Identity.Open(SealAgain(longer, _ben)).Reason);
    }

    [Fact]
    public void A_content_that_was_composed_before_the_keys_changed_is_sealed_under_the_new_ones()
    {
        var content = _amy.Identity.Compose(new Contracts.Message(_amy.User, _ben.User, _clock.GetUtcNow(), "kept"));
        using var changed = new Person(VectorUser.Amy, _clock);

        var sealedFrame = changed.Identity.Seal(content, _ben.Peer);

        Assert.Equal("kept", _ben.Read(sealedFrame.Bytes, changed));
        Assert.Equal(_amy.Identity.Seal(content, _ben.Peer).ContentHash.ToArray(), sealedFrame.ContentHash.ToArray());
    }

    [Fact]
    public void What_stands_before_a_message_is_part_of_it_and_signed()
    {
        var previous = System.Security.Cryptography.SHA256.HashData("before"u8);
        var message = new Contracts.Message(_amy.User, _ben.User, _clock.GetUtcNow(), "next") { Delivery = new Contracts.Delivery { Stream = Contracts.StreamId.New(), Sequence = 2, Previous = previous } };

        var read = _ben.Identity.Open(_amy.Identity.Seal(message, _ben.Peer)).Frame!.Verify(_amy.Peer)!;

        Assert.Equal(previous, read.Delivery!.Previous.ToArray());
        Assert.Throws<ArgumentException>(() => _amy.Identity.Compose(message with { Delivery = message.Delivery with { Previous = new byte[31] } }));
        Assert.Throws<ArgumentException>(() => _amy.Identity.Compose(message with { Delivery = new Contracts.Delivery { Previous = previous } }));
    }

    [Fact]
    public void Nothing_of_sender_recipient_and_text_stands_in_a_frame()
    {
        var seen = System.Text.Encoding.Latin1.GetString(_frame);

        foreach (var secret in (string[])["amy", "hello"]) Assert.DoesNotContain(secret, seen, StringComparison.Ordinal);
    }

    /// <summary>As the recipient reads it: signature, content, padding.</summary>
    private byte[] Plaintext() =>
        Sealing.Open(_frame, _ben.Prekeys.Single(prekey => prekey.Kid == FrameLayout.KidIn(_frame)).Seed, [Recipient.Of([], _ben.User, _ben.Identity.Fingerprint)])!.Plaintext;

    /// <summary>What somebody does who has a plaintext and wants another to read it.</summary>
    private static byte[] SealAgain(byte[] plaintext, Person to)
    {
        var peer = to.Peer;
        var frame = new byte[FrameLayout.CiphertextAt + plaintext.Length + ChaCha20Poly1305.TagSize];
        FrameLayout.WriteHeader(peer.Kid, frame);
        Span<byte> secret = stackalloc byte[XWing.SharedSecretSize], key = stackalloc byte[32], nonce = stackalloc byte[12];
        XWing.Encapsulate(secret, frame.AsSpan(FrameLayout.HeaderLength, XWing.CiphertextSize), peer.Prekey);
        Hpke.KeySchedule(secret, peer.Recipient.Info, key, nonce);
        ChaCha20Poly1305.Encrypt(frame.AsSpan(FrameLayout.CiphertextAt), plaintext, nonce, key, FrameLayout.HeaderIn(frame));
        return frame;
    }
}

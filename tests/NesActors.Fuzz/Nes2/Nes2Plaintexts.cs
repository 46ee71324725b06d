using NesActors.Crypto.Nes2.Frames;
using NesActors.Fuzz.Mutation;
using NesActors.Fuzz.Running;
using NesActors.Fuzz.Targets;

namespace NesActors.Fuzz.Nes2;

/// <summary>
/// What is inside the encryption changed, signature, fingerprint and padding too, and encrypted again under the same key, behind the same header: the tag holds, and still nothing verifies but what was signed.
/// </summary>
/// <param name="envelopes">What to begin with. An input's first byte chooses one.</param>
/// <param name="frames">Looks at what comes of it; these envelopes' frames are its own.</param>
internal sealed class Nes2Plaintexts(IReadOnlyList<Nes2Envelope> envelopes, SignedFrames frames) : IFrameTarget
{
    public string Name => "nes2 plaintext, encrypted again";

    public byte[] Make(Random random)
    {
        var number = random.Next(envelopes.Count);
        var (plaintext, other) = (envelopes[number].Plaintext, random.Pick(envelopes).Plaintext);
        // Changed within its padding, which mostly spoils that; or what is padded changed, and padded as it must be.
        var changed = random.Once(3)
            ? Fit(ByteMutator.Mutate(random, plaintext, other))
            : Nes2Envelope.Pad(ByteMutator.Mutate(random, plaintext[..Padding.ContentLength(plaintext)], other[..Padding.ContentLength(other)]));
        return [(byte)number, .. changed];
    }

    public string Check(byte[] input) => frames.Check(ToFrame(input));

    public byte[] ToFrame(byte[] input) => envelopes[input[0]].Seal(input.AsSpan(1));

    /// <summary>To a length that a frame can have.</summary>
    private static byte[] Fit(byte[] bytes)
    {
        Array.Resize(ref bytes, Padding.PaddedLength(Math.Max(bytes.Length - 1, 0)));
        return bytes;
    }
}

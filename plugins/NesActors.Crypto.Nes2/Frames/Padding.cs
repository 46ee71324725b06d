namespace NesActors.Crypto.Nes2.Frames;

/// <summary>Hides lengths: 0x80, then zeros, up to 256, 512, 1,024, 2,048 or 4,096 bytes, beyond that to the next multiple of 4,096.</summary>
internal static class Padding
{
    public const int Smallest = 256;
    public const int Step = 4096;
    private const byte Mark = 0x80;

    /// <summary>How long so many bytes become.</summary>
    public static int PaddedLength(int length)
    {
        var least = length + 1;
        if (least > Step) return (least + Step - 1) / Step * Step;
        var padded = Smallest;
        while (padded < least) padded *= 2;
        return padded;
    }

    /// <summary>Whether something padded has this length.</summary>
    public static bool IsLength(int padded) => padded >= Smallest && PaddedLength(padded - 1) == padded;

    /// <summary>Writes the mark behind the content; the rest of the buffer is zero already.</summary>
    public static void Write(Span<byte> padded, int length) => padded[length] = Mark;

    /// <summary>The length of what was padded; −1 where it is not padded as it must be: the mark is missing, or the content would have had a shorter bucket.</summary>
    public static int ContentLength(ReadOnlySpan<byte> padded)
    {
        var length = padded.LastIndexOfAnyExcept((byte)0);
        return length >= 0 && padded[length] == Mark && PaddedLength(length) == padded.Length ? length : -1;
    }
}

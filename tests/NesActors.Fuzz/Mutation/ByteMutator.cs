using System.Buffers.Binary;

namespace NesActors.Fuzz.Mutation;

/// <summary>Changes bytes without knowing what they mean: for any form of frame.</summary>
internal static class ByteMutator
{
    private static readonly byte[][] Pieces =
    [
        [0], [0xff], [0x80], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xef, 0xbb, 0xbf], "\""u8.ToArray(), "\\"u8.ToArray(), "\\u0000"u8.ToArray(),
        "\\ud800"u8.ToArray(), "{"u8.ToArray(), "}"u8.ToArray(), "["u8.ToArray(), ","u8.ToArray(), ":"u8.ToArray(), " "u8.ToArray(), "\r\n"u8.ToArray(), "="u8.ToArray(),
        "+/"u8.ToArray(), "/**/"u8.ToArray(), "null"u8.ToArray(),
    ];

    /// <summary>Changes an input in one way, or in up to four.</summary>
    /// <param name="random">Chooses them.</param>
    /// <param name="input">Stays as it is.</param>
    /// <param name="other">Another input, to take parts of.</param>
    public static byte[] Mutate(Random random, byte[] input, byte[] other)
    {
        var result = input;
        for (var left = random.Times(); left > 0; left--) result = MutateOnce(random, result, other);
        return result;
    }

    private static byte[] MutateOnce(Random random, byte[] bytes, byte[] other)
    {
        var part = random.Part(bytes.Length);
        return random.Next(12) switch
        {
            0 => Change(bytes, copy => copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8))),
            1 => Change(bytes, copy => copy[random.Next(copy.Length)] = (byte)random.Next(256)),
            2 => Change(bytes, copy => random.NextBytes(copy.AsSpan(part))),
            3 => Change(bytes, copy => copy.AsSpan(part).Fill(copy[random.Next(copy.Length)])),
            4 => WriteNumber(random, bytes),
            // Cut: at one end, or in the middle.
            5 => bytes[..part.Start],
            6 => [.. bytes[..part.Start], .. bytes[part.End..]],
            // Doubled: a part of it, or all.
            7 => [.. bytes[..part.End], .. bytes[part.Start..]],
            8 => random.Once(8) ? [.. bytes, .. bytes] : [.. bytes, .. bytes[part]],
            9 => [.. bytes[..part.Start], .. random.Pick(Pieces), .. bytes[part.Start..]],
            // Spliced: the beginning of the one and the end of the other, or a part of the other within the one.
            10 => [.. bytes[..Math.Min(part.Start.Value, bytes.Length)], .. other[Math.Min(part.Start.Value, other.Length)..]],
            _ => [.. bytes[..part.Start], .. other[random.Part(other.Length)], .. bytes[part.End..]],
        };
    }

    private static byte[] Change(byte[] bytes, Action<byte[]> change)
    {
        if (bytes.Length == 0) return bytes;
        byte[] copy = [.. bytes];
        change(copy);
        return copy;
    }

    /// <summary>A number at a place where a length or a version may stand.</summary>
    private static byte[] WriteNumber(Random random, byte[] bytes)
    {
        if (bytes.Length < sizeof(int)) return bytes;
        byte[] copy = [.. bytes];
        var place = copy.AsSpan(random.Once(2) ? 0 : random.Next(copy.Length - sizeof(int) + 1));
        int[] numbers = [0, 1, -1, int.MaxValue, int.MinValue, copy.Length, copy.Length + 1, 0xffff, 0x10000];
        if (random.Once(2)) BinaryPrimitives.WriteInt32BigEndian(place, random.Pick(numbers));
        else BinaryPrimitives.WriteInt32LittleEndian(place, random.Pick(numbers));
        return copy;
    }
}

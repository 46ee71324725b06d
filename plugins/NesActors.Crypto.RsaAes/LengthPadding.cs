using System.Text.Json;

namespace NesActors.Crypto.RsaAes;

/// <summary>
/// The last field of the signed JSON, <c>"pad"</c>: zeros that hide how long a text is. The ciphertext is 256, 512, 1,024, 2,048 or 4,096 bytes long, or a multiple of 4,096. Nobody reads the field; the
/// original passes it over.
/// </summary>
internal static class LengthPadding
{
    private const int Smallest = 256, Step = 4096;

    // ,"pad":"" and the brace behind it; CBC adds one byte at least.
    private const int Around = 9 + 1 + 1;

    /// <summary>Writes the field that makes an object as long as it has to be which has so many bytes before it.</summary>
    public static void Write(Utf8JsonWriter writer, int written)
    {
        var filler = new byte[Bucket(written + Around) - written - Around];
        filler.AsSpan().Fill((byte)'0');
        writer.WriteString("pad"u8, filler);
    }

    private static int Bucket(int least)
    {
        if (least > Step) return (least + Step - 1) / Step * Step;
        var bucket = Smallest;
        while (bucket < least) bucket *= 2;
        return bucket;
    }
}

using System.Buffers;
using System.Buffers.Text;

namespace NesActors.Directory.Storage;

/// <summary>
/// How answers lie in the tables. Nearly all of one is base64 (keys, signatures, statements), which stands for three quarters as many bytes: these are kept, and of what most answers have in common the numbers of
/// phrases, so that more answers fit a page. All bytes come back as they were: four characters of an alphabet are three bytes and nothing else, and what is neither base64 nor a phrase stays as it is.
/// </summary>
/// <remarks>
/// A number has 7 bits a byte, the lowest first, and the highest bit set where more follow. First comes the length of the answer, then its parts, each a number whose lowest two bits are its kind. The others are: how many bytes
/// follow (<see cref="Literal"/>); how many times three bytes, each of which were four characters (<see cref="Standard"/>, <see cref="Url"/>); which phrase it is (<see cref="Phrase"/>).
/// </remarks>
internal static class PackedAnswer
{
    /// <summary>Bytes of an answer. None comes near: one with four statements has 30 KB.</summary>
    public const int MaxLength = 1 << 20;

    private const int Literal = 0;
    private const int Standard = 1;
    private const int Url = 2;
    private const int Phrase = 3;

    // With fewer groups of base64 the numbers around them take what is saved.
    private const int FewestGroups = 3;
    private const int NumberBits = 28;

    private static readonly SearchValues<byte> StandardAlphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8);
    private static readonly SearchValues<byte> UrlAlphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    /// <exception cref="ArgumentException">There is too much of it.</exception>
    public static byte[] Pack(ReadOnlySpan<byte> answer)
    {
        if (answer.Length > MaxLength) throw new ArgumentException("An answer is too long.", nameof(answer));
        var packed = new ArrayBufferWriter<byte>(answer.Length + 16);
        WriteNumber(packed, answer.Length);
        var literals = 0;
        while (literals < answer.Length)
        {
            var (kind, count, length) = PartAt(answer[literals..]);
            literals += kind == Literal ? length : 0;
            if (kind == Literal) continue;
            WriteLiterals(packed, answer[..literals]);
            WriteNumber(packed, count << 2 | kind);
            if (kind != Phrase) packed.Advance(Decode(kind, answer.Slice(literals, length), packed.GetSpan(count * 3)));
            answer = answer[(literals + length)..];
            literals = 0;
        }
        WriteLiterals(packed, answer);
        return packed.WrittenSpan.ToArray();
    }

    /// <exception cref="FormatException">The bytes are not of <see cref="Pack"/>.</exception>
    public static byte[] Unpack(ReadOnlySpan<byte> packed)
    {
        var answer = GC.AllocateUninitializedArray<byte>(LengthOf(packed));
        Unpack(packed, answer);
        return answer;
    }

    /// <summary>How long the answer is.</summary>
    /// <exception cref="FormatException">As there.</exception>
    public static int LengthOf(ReadOnlySpan<byte> packed) => ReadNumber(ref packed) is var length and <= MaxLength ? length : throw Damaged();

    /// <param name="packed">What <see cref="Pack"/> made.</param>
    /// <param name="answer">As long as <see cref="LengthOf"/> says.</param>
    /// <exception cref="FormatException">As there.</exception>
    public static void Unpack(ReadOnlySpan<byte> packed, Span<byte> answer)
    {
        ReadNumber(ref packed);
        while (!packed.IsEmpty)
        {
            var part = ReadNumber(ref packed);
            var (kind, count) = (part & 3, part >> 2);
            switch (kind)
            {
                case Literal:
                    Take(ref packed, count).CopyTo(Take(ref answer, count));
                    break;
                case Phrase:
                    var phrase = count < AnswerPhrases.All.Length ? AnswerPhrases.All[count] : throw Damaged();
                    phrase.CopyTo(Take(ref answer, phrase.Length));
                    break;
                default:
                    Encode(kind, Take(ref packed, count * 3), Take(ref answer, count * 4));
                    break;
            }
        }
        if (!answer.IsEmpty) throw Damaged();
    }

    // What the text begins with, and how many characters that is.
    private static (int Kind, int Count, int Length) PartAt(ReadOnlySpan<byte> text)
    {
        if (AnswerPhrases.At(text) is { } phrase) return (Phrase, phrase, AnswerPhrases.All[phrase].Length);
        var (standard, url) = (GroupsAt(text, StandardAlphabet), GroupsAt(text, UrlAlphabet));
        var groups = Math.Max(standard, url);
        return groups < FewestGroups ? (Literal, 1, 1) : (standard == groups ? Standard : Url, groups, groups * 4);
    }

    private static int GroupsAt(ReadOnlySpan<byte> text, SearchValues<byte> alphabet) => (text.IndexOfAnyExcept(alphabet) is var end and >= 0 ? end : text.Length) / 4;

    private static int Decode(int kind, ReadOnlySpan<byte> text, Span<byte> bytes)
    {
        var written = 0;
        _ = kind == Standard ? Base64.DecodeFromUtf8(text, bytes, out _, out written) : Base64Url.DecodeFromUtf8(text, bytes, out _, out written);
        return written;
    }

    private static void Encode(int kind, ReadOnlySpan<byte> bytes, Span<byte> text) =>
        _ = kind == Standard ? Base64.EncodeToUtf8(bytes, text, out _, out _) : Base64Url.EncodeToUtf8(bytes, text, out _, out _);

    private static void WriteLiterals(ArrayBufferWriter<byte> packed, ReadOnlySpan<byte> literals)
    {
        if (literals.IsEmpty) return;
        WriteNumber(packed, literals.Length << 2 | Literal);
        packed.Write(literals);
    }

    private static void WriteNumber(ArrayBufferWriter<byte> packed, int number)
    {
        for (; number >= 0x80; number >>= 7) packed.Write([(byte)(number | 0x80)]);
        packed.Write([(byte)number]);
    }

    private static int ReadNumber(ref ReadOnlySpan<byte> packed)
    {
        var number = 0;
        for (var shift = 0; shift < NumberBits; shift += 7)
        {
            var next = Take(ref packed, 1)[0];
            number |= (next & 0x7f) << shift;
            if (next < 0x80) return number;
        }
        throw Damaged();
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> from, int count)
    {
        if (count > from.Length) throw Damaged();
        var taken = from[..count];
        from = from[count..];
        return taken;
    }

    private static Span<byte> Take(ref Span<byte> from, int count)
    {
        if (count > from.Length) throw Damaged();
        var taken = from[..count];
        from = from[count..];
        return taken;
    }

    private static FormatException Damaged() => new("A stored answer is damaged.");
}

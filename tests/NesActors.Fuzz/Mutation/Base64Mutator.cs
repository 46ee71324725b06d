namespace NesActors.Fuzz.Mutation;

/// <summary>Changes a value that holds base64: in ways that some decoders pass over, and in its content.</summary>
internal static class Base64Mutator
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// <param name="random">Chooses how.</param>
    /// <param name="value">With its quotation marks.</param>
    public static string Mutate(Random random, string value)
    {
        var text = value.Trim('"');
        var at = random.Next(text.Length + 1);
        var changed = random.Next(14) switch
        {
            0 => text.Replace('-', '+').Replace('_', '/'),
            1 => text.TrimEnd('='),
            2 => text + "=",
            3 => text.Insert(at, random.Pick(["\\r\\n", "\\n", "\\r", " ", "\\t", "=", "%3D", "\\u003d", ".", "\\u0000", "é"])),
            4 => text[..at],
            5 => text[at..],
            6 => text + text,
            7 => "",
            8 => LeftoverBits(random, text),
            9 => new string('A', random.Once(20) ? 100_000 : random.Next(100)),
            10 => text.Length == 0 ? text : $"{text[..^1]}\\u{(int)text[^1]:x4}",
            11 => $"\\n{text}\\r\\n",
            // A whole number of blocks, or of groups, fewer or more.
            12 => text[..(text.Length / 4 * 3 / 16 * 16 / 3 * 4)],
            _ => Exchange(random, text, at),
        };
        return $"\"{changed}\"";
    }

    /// <summary>Another last digit: of the same bytes, to a decoder that does not look at the bits that are left over.</summary>
    private static string LeftoverBits(Random random, string text)
    {
        var digits = text.TrimEnd('=');
        return digits.Length == 0 ? text : Exchange(random, text, digits.Length - 1);
    }

    private static string Exchange(Random random, string text, int at) =>
        at >= text.Length ? text : $"{text[..at]}{Alphabet[random.Next(Alphabet.Length)]}{text[(at + 1)..]}";
}

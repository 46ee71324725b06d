namespace NesActors.Fuzz.Mutation;

/// <summary>Values of JSON, and what is nearly one, whatever the field.</summary>
internal static class JsonValues
{
    /// <summary>Numbers at the ends of what types hold, and forms that not every parser takes.</summary>
    public static IReadOnlyList<string> Numbers { get; } =
    [
        "0", "-0", "1", "-1", "1.0", "1.5", "1e3", "1E400", "-1e-400", "2147483647", "2147483648", "9007199254740993", "9223372036854775806", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "-9223372036854775809", "18446744073709551616", "340282366920938463463374607431768211456", "01", "+1", ".5", "1.", "0x10", "NaN", "Infinity", "--1", "1 1",
    ];

    /// <summary>Texts that have broken programs, and what is no text.</summary>
    public static IReadOnlyList<string> Texts { get; } =
    [
        "\"\"", "\"a\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ud83d\\ude42\"", "\"\\x\"", "\"\\u12\"", "\"unterminated", "\"\t\"", "\"\u202e\u2066\"", "\"\\u001b[2J\"",
        "\"\\u001b]52;c;AAAA\\u0007\"", "\"\uFEFF\"", "\"\uFFFF\"", "\"\\/\\b\\f\"", "'a'", "a", "\"a\"\"b\"",
    ];

    private static readonly string[] Others = ["null", "true", "false", "True", "undefined", "", "[]", "{}", "[null]", "{\"\":{}}", "[1,]", "{,}", "{\"a\":1,\"a\":2}", "[", "{", "]", "}"];

    public static string Any(Random random) => random.Next(8) switch
    {
        0 or 1 => random.Pick(Numbers),
        2 or 3 => random.Pick(Texts),
        4 => Deep(random),
        5 when random.Once(10) => Long(random),
        _ => random.Pick(Others),
    };

    /// <summary>Arrays or objects within one another: about as deep as is allowed, or far deeper.</summary>
    public static string Deep(Random random)
    {
        var depth = random.Once(20) ? random.Next(1000, 20_000) : random.Next(10, 20);
        return random.Once(2)
            ? string.Concat(Enumerable.Repeat("[", depth)) + string.Concat(Enumerable.Repeat("]", depth))
            : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + string.Concat(Enumerable.Repeat("}", depth));
    }

    private static string Long(Random random)
    {
        var length = random.Next(10_000, 200_000);
        return random.Next(3) switch
        {
            0 => $"\"{new string('x', length)}\"",
            1 => new string('9', length),
            _ => $"[{string.Join(',', Enumerable.Repeat("0", length / 2))}]",
        };
    }
}

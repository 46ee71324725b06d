using NesActors.Contracts;
using NesActors.Fuzz.Mutation;

namespace NesActors.Fuzz.Nes1;

/// <summary>Values for the fields of the signed JSON: good ones, nearly good ones, and absurd ones.</summary>
internal static class PlaintextValues
{
    private const string Stream = "AAAAAAAAAAAAAAAAAAAAAA", Hash = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    /// <summary>The fields that are known.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["from", "to", "timestamp", "message", "nonce", "pad", "stream", "seq", "ack", "kind", "caps", "From", "FROM", "ſtream", "ac\u212a", "v", "deep", ""];

    private static readonly string[] People =
    [
        "amy", "ben", "cat3072", "mallory", "nobody-at-all", "Amy", " amy", "amy\\u0000", "amy\\n", "", "ab", "012345678901234567890123456789012", "../admin?x=1", "nes/#", "+",
        "\\u202eyma", "а\\u043cy", "ａｍｙ", "\\ud800", "\\u001b[31mamy",
    ];

    private static readonly string[] Times =
    [
        "-62135596800000", "-62135596800001", "253402300799999", "253402300800000", "0", "-1", "1795380252995", "1795380252995.0", "1.795380252995e12", "\"1795380252995\"",
        "1795380252", "1795380252995000", "9223372036854775807", "-9223372036854775808", "99999999999999999999",
    ];

    private static readonly string[] Streams =
        [Stream, "-_-_-_-_-_-_-_-_-_-_-w", "AAAAAAAAAAAAAAAAAAAAAB", "AAAAAAAAAAAAAAAAAAAAAA==", "++++++++++++++++++++++", "AAAA", "AAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAA", "", "AAAAAAAAAA AAAAAAAAAAA", "\\u0041AAAAAAAAAAAAAAAAAAAAA"];

    private static readonly string[] Kinds = ["confirm", "confirm", "Confirm", "confirm ", "c\\u006fnfirm", "", "receipt", "text", "null", "confirm\\u0000"];

    public static string Of(Random random, string name, string value) => name switch
    {
        "from" or "to" => $"\"{random.Pick(People)}\"",
        "timestamp" => random.Pick(Times),
        "message" => random.Once(3) ? "\"\"" : random.Pick(JsonValues.Texts),
        "stream" => $"\"{random.Pick(Streams)}\"",
        "seq" => random.Once(2) ? Count(random) : random.Pick(JsonValues.Numbers),
        "ack" => Ack(random),
        "caps" => Caps(random),
        "kind" => $"\"{random.Pick(Kinds)}\"",
        "nonce" or "pad" => $"\"{new string('A', random.Once(50) ? 100_000 : random.Next(64))}\"",
        "deep" => JsonValues.Deep(random),
        _ => random.Once(2) ? value : JsonValues.Any(random),
    };

    /// <summary>An acknowledgement, and all that can be wrong with one.</summary>
    private static string Ack(Random random)
    {
        if (random.Once(6)) return JsonValues.Any(random);
        var hashes = random.Once(3) ? random.Next(Acknowledgement.MaxBeyond - 1, Acknowledgement.MaxBeyond + 3) : random.Next(4);
        var beyond = Enumerable.Range(0, hashes).Select(_ => random.Once(100) ? JsonValues.Any(random) : $"\"{Hash}\"");
        List<string> fields =
        [
            $"\"stream\":\"{(random.Once(5) ? random.Pick(Streams) : Stream)}\"",
            $"\"upto\":{(random.Once(3) ? random.Pick(JsonValues.Numbers) : Count(random))}",
            $"\"beyond\":{(random.Once(8) ? JsonValues.Any(random) : $"[{string.Join(',', beyond)}]")}",
        ];
        switch (random.Next(8))
        {
            case 0:
                fields.RemoveAt(random.Next(fields.Count));
                break;
            case 1:
                fields.Add(random.Pick(fields));
                break;
            case 2:
                fields.Add($"\"{random.Pick(["UpTo", "ſtream", "x", "beyond\\u0000"])}\":{JsonValues.Any(random)}");
                break;
        }
        return $"{{{string.Join(',', fields)}}}";
    }

    /// <summary>What tells of suites, and all that can be wrong with it.</summary>
    private static string Caps(Random random)
    {
        if (random.Once(6)) return JsonValues.Any(random);
        var has = Enumerable.Range(0, random.Next(Capabilities.MaxStatements + 2)).Select(_ => $"\"{Suite(random)}\":{(random.Once(6) ? JsonValues.Any(random) : $"\"{new string('x', random.Once(30) ? Capabilities.MaxStatementLength + random.Next(2) : random.Next(9))}\"")}");
        var sees = Enumerable.Range(0, random.Next(Capabilities.MaxSees + 2)).Select(_ => $"\"{Suite(random)}\":{(random.Once(6) ? JsonValues.Any(random) : Seen(random))}");
        List<string> parts = [$"\"has\":{{{string.Join(',', has)}}}", $"\"sees\":{{{string.Join(',', sees)}}}", $"\"{random.Pick(["Has", "ſees", "later", "sees\\u0000"])}\":{JsonValues.Any(random)}"];
        parts.RemoveRange(random.Next(3), random.Next(2));
        return $"{{{string.Join(',', parts)}}}";
    }

    private static string Seen(Random random) =>
        $"{{\"keys\":\"{new string(random.Once(9) ? 'A' : 'a', random.Once(9) ? 63 : 64)}\",\"rev\":{(random.Once(4) ? random.Pick(JsonValues.Numbers) : Count(random))}}}";

    private static string Suite(Random random) => random.Once(9) ? random.Pick(["", "NES2", "nes2\\n", "../nes2", "\\ud800", "n\\u0065s2"]) : $"nes{random.Next(20)}";

    private static string Count(Random random) => (random.Once(3) ? random.NextInt64() : random.Next(60)).ToString(System.Globalization.CultureInfo.InvariantCulture);
}

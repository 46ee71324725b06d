using System.Text;
using NesActors.Contracts;
using NesActors.Crypto.Nes2;
using NesActors.Fuzz.Mutation;

namespace NesActors.Fuzz.Nes2;

/// <summary>
/// Messages of suite nes2, field by field: most of the values fit, some nearly. What changes bytes alone breaks the lengths around them, and seldom gets into the fields within fields.
/// </summary>
internal static class Nes2Fields
{
    private static readonly long[] Numbers = [0, 1, 2, 59, long.MaxValue, -1, long.MinValue];

    // The ends of what a time can be, and one beyond each.
    private static readonly long[] Times = [1_795_380_252_995, 0, -1, -62_135_596_800_000, -62_135_596_800_001, 253_402_300_799_999, 253_402_300_800_000, long.MaxValue, long.MinValue];

    private static readonly string[] People = ["ben", "Amy", "amy ", " amy", "amy\0", "", "../amy", "nes/#", "+", "\u202eyma", new('a', 32), new('a', 255), new('a', 256)];

    private static readonly string[] Suites = ["nes2", "nes1", "nes3", "a", "z-9", "NES2", "", "ne s2", "nes2\n", "../nes2", new('s', 32), new('s', 33), "n\u00e9s2"];

    /// <summary>One message.</summary>
    public static byte[] Make(Random random, Username sender)
    {
        var writer = new ByteWriter().U8(Odd(random, 20) ? (byte)random.Next(256) : (byte)1);
        Lp(writer, random, Encoding.UTF8.GetBytes(Odd(random, 8) ? random.Pick(People) : sender.Value));
        writer.Bytes(Random(random, 16)).I64(Odd(random, 4) ? random.Pick(Times) : Times[0]);
        var isConfirmation = random.Once(4);
        var isNumbered = !isConfirmation && random.Once(2);
        writer.Bytes(isNumbered || Odd(random, 12) ? Random(random, 16) : new byte[16]).I64(Odd(random, 8) ? random.Pick(Numbers) : isNumbered ? random.Next(1, 60) : 0);
        writer.Bytes(random.Once(2) ? new byte[32] : Random(random, 32));
        Lp(writer, random, Odd(random, 6) ? Random(random, random.Next(300)) : []);
        Lp(writer, random, isConfirmation || random.Once(3) ? Ack(random) : []);
        Lp(writer, random, random.Once(2) ? More(random) : []);
        var body = isConfirmation && !Odd(random, 8) ? [] : Text(random);
        writer.U16(Odd(random, 16) ? random.Next(0x10000) : isConfirmation ? 2 : 1).U32(Odd(random, 16) ? random.Next() : body.Length).Bytes(body);
        return Odd(random, 20) ? [.. writer.Written, .. Random(random, random.Next(1, 9))] : writer.ToArray();
    }

    private static byte[] Ack(Random random)
    {
        var writer = new ByteWriter().Bytes(Random(random, 16));
        for (var i = 0; i < 2; i++) writer.I64(Odd(random, 8) ? random.Pick(Numbers) : random.Next(60));
        var hashes = random.Once(4) ? random.Next(Acknowledgement.MaxBeyond - 1, Acknowledgement.MaxBeyond + 3) : random.Next(4);
        writer.Bytes(Random(random, (hashes * Acknowledgement.HashSize) + (Odd(random, 10) ? random.Next(-1, 2) : 0)));
        return Odd(random, 12) ? writer.Written[..random.Next(writer.Written.Length)].ToArray() : writer.ToArray();
    }

    private static byte[] More(Random random)
    {
        var writer = new ByteWriter();
        int[] kinds = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Odd(random, 5) ? random.Next(256) : random.Next(1, 4))];
        if (!Odd(random, 8)) kinds = [.. kinds.Distinct().Order()];
        foreach (var kind in kinds)
        {
            writer.U8((byte)kind);
            Lp(writer, random, kind switch { 1 => Sees(random), 2 => Statements(random), _ => Random(random, random.Next(40)) });
        }
        return writer.ToArray();
    }

    private static byte[] Sees(Random random) => Entries(random, Capabilities.MaxSees, writer => writer.Bytes(Random(random, 32)).I64(Odd(random, 8) ? random.Pick(Numbers) : random.Next()));

    private static byte[] Statements(Random random) => Entries(random, Capabilities.MaxStatements, writer =>
    {
        var length = random.Once(12) ? Capabilities.MaxStatementLength + random.Next(-1, 2) : random.Next(30);
        Lp(writer, random, Odd(random, 12) ? Random(random, length) : Encoding.ASCII.GetBytes(new string((char)random.Next(' ', '~' + 1), length)));
    });

    private static byte[] Entries(Random random, int most, Action<ByteWriter> write)
    {
        string[] suites = [.. Enumerable.Range(0, random.Once(4) ? random.Next(most - 1, most + 3) : random.Next(3)).Select(_ => random.Once(4) ? random.Pick(Suites) : $"s{random.Next(100)}")];
        if (!Odd(random, 8)) suites = [.. suites.Distinct().Order(StringComparer.Ordinal)];
        var writer = new ByteWriter().U8((byte)(suites.Length + (Odd(random, 12) ? random.Next(-1, 2) : 0)));
        foreach (var suite in suites)
        {
            Lp(writer, random, Encoding.UTF8.GetBytes(suite));
            write(writer);
        }
        return writer.ToArray();
    }

    private static byte[] Text(Random random) => random.Next(6) switch
    {
        0 => [],
        1 => Random(random, random.Next(20)),
        2 => Encoding.UTF8.GetBytes("h\u00e9llo \U0001f642\0\u202e"),
        3 when random.Once(8) => Encoding.UTF8.GetBytes(new string('x', Message.MaxTextBytes + random.Next(-1, 2))),
        _ => Encoding.ASCII.GetBytes(new string('x', random.Next(900))),
    };

    /// <summary>A field behind its length, which is another now and then.</summary>
    private static void Lp(ByteWriter writer, Random random, byte[] value) => writer.U16(Odd(random, 60) ? random.Next(0x10000) : value.Length).Bytes(value);

    /// <summary>Whether to write what does not fit: a message has some twenty such places, and half of them get none.</summary>
    private static bool Odd(Random random, int inHowMany) => random.Once(inHowMany * 4);

    private static byte[] Random(Random random, int length)
    {
        var bytes = new byte[Math.Max(length, 0)];
        random.NextBytes(bytes);
        return bytes;
    }
}

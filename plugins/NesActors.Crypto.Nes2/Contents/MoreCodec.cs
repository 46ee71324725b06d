using System.Text;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Crypto.Nes2.Contents;

/// <summary>
/// The field <c>more</c> of a message: parts of <c>kind u8 | lp(value)</c>, ascending by their kinds, each kind once; empty where there is none. Kind 1, what the sender sees of the recipient's suites:
/// <c>count u8 | lp(suite) | fingerprint[32] | revision i64 …</c>. Kind 2, what the sender says for the own suites: <c>count u8 | lp(suite) | lp(statement) …</c>. Suites ascend by their bytes. Other kinds are
/// passed over; what is in no such form spoils the message.
/// </summary>
internal static class MoreCodec
{
    private const byte SeesKind = 1, StatementsKind = 2;
    private const int FingerprintLength = Fingerprint.Length / 2;

    public static byte[] Write(Capabilities? capabilities)
    {
        var writer = new ByteWriter();
        if (capabilities?.Sees is { } sees) writer.U8(SeesKind).Lp(Write(sees));
        if (capabilities?.Statements is { } statements) writer.U8(StatementsKind).Lp(Write(statements));
        return writer.ToArray();
    }

    /// <returns>False where it is in no such form.</returns>
    public static bool TryRead(ReadOnlySpan<byte> more, out Capabilities? capabilities)
    {
        capabilities = null;
        var last = -1;
        var reader = new ByteReader(more);
        while (!reader.IsEmpty)
        {
            int kind = reader.U8();
            var value = reader.Lp();
            if (kind <= last) return false;
            last = kind;
            if (kind is not (SeesKind or StatementsKind)) continue;
            capabilities ??= new Capabilities();
            if (kind == SeesKind && ReadSees(value) is { } sees) capabilities = capabilities with { Sees = sees };
            else if (kind == StatementsKind && ReadStatements(value) is { } statements) capabilities = capabilities with { Statements = statements };
            else return false;
        }
        return reader.IsDone && capabilities is not { IsWhole: false };
    }

    private static byte[] Write(IReadOnlyDictionary<string, SeenStatement> sees)
    {
        var writer = new ByteWriter().U8((byte)sees.Count);
        foreach (var (suite, seen) in sees.OrderBy(each => each.Key, StringComparer.Ordinal)) writer.Lp(suite).Bytes(Convert.FromHexString(seen.Keys.Value)).I64(seen.Revision);
        return writer.ToArray();
    }

    private static byte[] Write(IReadOnlyDictionary<string, string> statements)
    {
        var writer = new ByteWriter().U8((byte)statements.Count);
        foreach (var (suite, text) in statements.OrderBy(each => each.Key, StringComparer.Ordinal)) writer.Lp(suite).Lp(text);
        return writer.ToArray();
    }

    private static SortedDictionary<string, SeenStatement>? ReadSees(ReadOnlySpan<byte> value)
    {
        var sees = new SortedDictionary<string, SeenStatement>(StringComparer.Ordinal);
        var reader = new ByteReader(value);
        var last = "";
        for (int left = reader.U8(); left > 0 && !reader.IsEmpty; left--)
        {
            var suite = reader.LpAscii(Capabilities.MaxSuiteLength);
            if (string.CompareOrdinal(suite, last) <= 0) return null;
            sees[last = suite] = new SeenStatement(new Fingerprint(Convert.ToHexStringLower(reader.Take(FingerprintLength))), reader.Count());
        }
        return reader.IsDone && sees.Count == value[0] ? sees : null;
    }

    private static SortedDictionary<string, string>? ReadStatements(ReadOnlySpan<byte> value)
    {
        var statements = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var reader = new ByteReader(value);
        var last = "";
        for (int left = reader.U8(); left > 0 && !reader.IsEmpty; left--)
        {
            var suite = reader.LpAscii(Capabilities.MaxSuiteLength);
            if (string.CompareOrdinal(suite, last) <= 0) return null;
            var text = reader.Lp();
            if (text.Length > Capabilities.MaxStatementLength) return null;
            statements[last = suite] = Encoding.Latin1.GetString(text);
        }
        return reader.IsDone && statements.Count == value[0] ? statements : null;
    }
}

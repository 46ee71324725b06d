using System.Text.Json;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.RsaAes.Json;

namespace NesActors.Crypto.RsaAes;

/// <summary>
/// The field of the signed JSON that tells of suites: <c>"caps":{"has":{SUITE:STATEMENT, …},"sees":{SUITE:{"keys":FINGERPRINT,"rev":REVISION}, …}}</c>, both parts optional. What is in no such form, or beyond the
/// limits, spoils the message; members that are not known are passed over.
/// </summary>
internal static class CapabilitiesCodec
{
    /// <summary>The field's name.</summary>
    public const string Name = "caps";

    /// <summary>The names of its parts.</summary>
    public static readonly FieldNames Parts = new("has", "sees");

    private const int Has = 0, Sees = 1;
    private const int Keys = 0, Revision = 1;

    private static readonly FieldNames Seen = new("keys", "rev");

    public static void Write(Utf8JsonWriter writer, Capabilities capabilities)
    {
        writer.WriteStartObject(Name);
        if (capabilities.Statements is { } statements)
        {
            writer.WriteStartObject("has"u8);
            foreach (var (suite, text) in statements.OrderBy(each => each.Key, StringComparer.Ordinal)) writer.WriteString(suite, text);
            writer.WriteEndObject();
        }
        if (capabilities.Sees is { } sees)
        {
            writer.WriteStartObject("sees"u8);
            foreach (var (suite, seen) in sees.OrderBy(each => each.Key, StringComparer.Ordinal))
            {
                writer.WriteStartObject(suite);
                writer.WriteString("keys"u8, seen.Keys.Value);
                writer.WriteNumber("rev"u8, seen.Revision);
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    /// <exception cref="JsonException">It is in no such form.</exception>
    public static Capabilities Read(StrictObject json)
    {
        var capabilities = new Capabilities();
        while (json.Next(out var part))
        {
            if (part == Has) capabilities = capabilities with { Statements = ReadStatements(json.GetMap()) };
            else if (part == Sees) capabilities = capabilities with { Sees = ReadSees(json.GetMap()) };
        }
        return capabilities.IsWhole ? capabilities : throw new JsonException("What is told of suites is in no form that is known.");
    }

    private static Dictionary<string, string> ReadStatements(StrictObject json)
    {
        var statements = new Dictionary<string, string>(StringComparer.Ordinal);
        while (json.NextMember(out var suite))
        {
            if (statements.Count == Capabilities.MaxStatements || !statements.TryAdd(suite, json.GetText())) throw new JsonException("Too many statements.");
        }
        return statements;
    }

    private static Dictionary<string, SeenStatement> ReadSees(StrictObject json)
    {
        var sees = new Dictionary<string, SeenStatement>(StringComparer.Ordinal);
        while (json.NextMember(out var suite))
        {
            if (sees.Count == Capabilities.MaxSees || !sees.TryAdd(suite, ReadSeen(json.GetObject(Seen)))) throw new JsonException("Too many suites.");
        }
        return sees;
    }

    private static SeenStatement ReadSeen(StrictObject json)
    {
        string? keys = null;
        long? revision = null;
        while (json.Next(out var field))
        {
            if (field == Keys) keys = json.GetText();
            else if (field == Revision) revision = json.GetCount();
        }
        return keys is not null && revision is { } number ? new SeenStatement(new Fingerprint(keys), number) : throw new JsonException("A part of what is seen is missing.");
    }
}

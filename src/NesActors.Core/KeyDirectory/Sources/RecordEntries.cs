using System.Text.Json;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>Reads the entries of a record from the bytes that the directory signed.</summary>
internal static class RecordEntries
{
    private const int MaxEntries = 64;

    /// <summary>All members that are strings; others are for readers who know them.</summary>
    /// <returns>Null where the value is malformed: names that come twice, text that is not Unicode, more than 64 members.</returns>
    public static IReadOnlyDictionary<string, string>? TryRead(ReadOnlyMemory<byte> response)
    {
        try
        {
            return Read(response);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Dictionary<string, string>? Read(ReadOnlyMemory<byte> response)
    {
        using var document = JsonDocument.Parse(response);
        var members = new MemberNames(PublicRecord.MessageKey, PublicRecord.SignKey);
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        var count = 0;
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (++count > MaxEntries || !members.Add(member.Name)) return null;
            if (member.Value.ValueKind == JsonValueKind.String) entries.Add(member.Name, member.Value.GetString()!);
        }
        return entries;
    }
}

using System.Text.Json;
using NesActors.Records;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>Reads the entries of a record from the bytes that the directory signed.</summary>
internal static class RecordEntries
{
    private const int MaxEntries = 64;

    /// <summary>All members that are strings; others are for readers who know them.</summary>
    /// <returns>Null where the value is malformed: ambiguous names, text that is not Unicode, more than 64 members.</returns>
    public static IReadOnlyDictionary<string, string>? TryRead(ReadOnlyMemory<byte> response) => StrictJson.TryRead(response, root =>
        root.GetPropertyCount() > MaxEntries ? null : root.EnumerateObject()
            .Where(member => member.Value.ValueKind == JsonValueKind.String)
            .ToDictionary(member => member.Name, member => member.Value.GetString()!, StringComparer.Ordinal));
}

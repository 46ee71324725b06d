using System.Text.Json;
using NesActors.Records;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>Reads the entries of a record from the bytes that the directory signed.</summary>
internal static class RecordEntries
{
    private const int MaxEntries = 64;

    /// <summary>
    /// All members that are strings; others are for readers who know them. What has the name of a suite's statement and can be none, or is one too many, is left out: it is no reason to refuse the keys.
    /// </summary>
    /// <returns>Null where the value is malformed: ambiguous names, text that is not Unicode, more than 64 members.</returns>
    public static IReadOnlyDictionary<string, string>? TryRead(ReadOnlyMemory<byte> response) => StrictJson.TryRead(response, root =>
        root.GetPropertyCount() > MaxEntries ? null : root.EnumerateObject()
            .Where(member => member.Value.ValueKind == JsonValueKind.String)
            .Select(member => (member.Name, Text: member.Value.GetString()!))
            .Where(new StatementFilter().Takes)
            .ToDictionary(entry => entry.Name, entry => entry.Text, StringComparer.Ordinal));

    private sealed class StatementFilter
    {
        private int _statements;

        public bool Takes((string Name, string Text) entry) => !SuiteStatements.IsEntry(entry.Name, out var suite)
            || (suite is not null && SuiteStatements.IsText(entry.Text) && ++_statements <= SuiteStatements.MaxCount);
    }
}

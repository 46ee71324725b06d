using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Records;

/// <summary>
/// What a user says for crypto suites, published beside the keys: a text for each suite, which directories do not read. It belongs to one record and ends with it; within a record its revision grows
/// with every change, so that no older one can take its place.
/// </summary>
/// <param name="Revision">0: nothing was ever published.</param>
/// <param name="Texts">By the suite's id, in the order of these.</param>
public sealed record SuiteStatements(long Revision, IReadOnlyDictionary<string, string> Texts)
{
    /// <summary>For how many suites.</summary>
    public const int MaxCount = Capabilities.MaxStatements;

    /// <summary>The most characters of a text, each of which is one octet.</summary>
    public const int MaxLength = Capabilities.MaxStatementLength;

    /// <summary>The largest revision: what every reader of JSON takes for a whole number.</summary>
    public const long MaxRevision = (1L << 53) - 1;

    private const string RevisionMember = "statements";

    private static readonly string EntryMark = PublicRecord.StatementOf("");

    /// <summary>Nothing was published.</summary>
    public static SuiteStatements None { get; } = new(0, new SortedDictionary<string, string>(StringComparer.Ordinal));

    /// <inheritdoc cref="Capabilities.IsSuite"/>
    public static bool IsSuite([NotNullWhen(true)] string? id) => Capabilities.IsSuite(id);

    /// <inheritdoc cref="Capabilities.IsStatement"/>
    public static bool IsText([NotNullWhen(true)] string? text) => Capabilities.IsStatement(text);

    /// <summary>Whether an entry of a record is one for a suite's statement, by its name.</summary>
    /// <param name="entry">Any name.</param>
    /// <param name="suite">The suite's id; null where it can be none.</param>
    public static bool IsEntry(string entry, out string? suite)
    {
        ArgumentNullException.ThrowIfNull(entry);
        suite = null;
        if (!entry.StartsWith(EntryMark, StringComparison.Ordinal)) return false;
        if (entry[EntryMark.Length..] is var id && IsSuite(id)) suite = id;
        return true;
    }

    /// <summary>The same with the text of one suite replaced, added, or taken away.</summary>
    /// <param name="suite">Which.</param>
    /// <param name="text">Null: taken away.</param>
    /// <param name="revision">The new revision.</param>
    public SuiteStatements With(string suite, string? text, long revision)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (id, present) in Texts) texts[id] = present;
        if (text is null) texts.Remove(suite);
        else texts[suite] = text;
        return new SuiteStatements(revision, texts);
    }

    /// <inheritdoc/>
    public bool Equals(SuiteStatements? other) => other is not null && other.Revision == Revision && other.Texts.SequenceEqual(Texts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Revision, Texts.Count);

    internal void Write(Utf8JsonWriter json)
    {
        if (Revision == 0) return;
        json.WriteNumber(RevisionMember, Revision);
        foreach (var (suite, text) in Texts) json.WriteString(EntryMark + suite, text);
    }

    /// <summary>Takes what fits; what a later directory may have besides is passed over.</summary>
    internal static SuiteStatements Read(JsonElement record)
    {
        if (!record.TryGetProperty(RevisionMember, out var value) || value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var revision) || revision is <= 0 or > MaxRevision) return None;
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in record.EnumerateObject())
        {
            if (texts.Count < MaxCount && IsEntry(member.Name, out var suite) && suite is not null && member.Value.ValueKind == JsonValueKind.String
                && member.Value.GetString() is var text && IsText(text)) texts[suite] = text;
        }
        return new SuiteStatements(revision, texts);
    }
}

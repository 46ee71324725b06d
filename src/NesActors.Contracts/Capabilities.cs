using System.Diagnostics.CodeAnalysis;
using NesActors.Contracts.Crypto;

namespace NesActors.Contracts;

/// <summary>
/// What our own clients tell each other of crypto suites, inside a message: what the sender says of the own suites, where no key directory carries it, and what the sender sees of the recipient's, so that what was
/// stripped or held back on its way is noticed. A suite may leave it out of its messages; what it carries, it carries whole.
/// </summary>
public sealed record Capabilities
{
    /// <summary>The most statements that one message carries.</summary>
    public const int MaxStatements = 4;

    /// <summary>The most characters of a statement.</summary>
    public const int MaxStatementLength = 6 * 1024;

    /// <summary>The most suites of which a message tells what its sender sees.</summary>
    public const int MaxSees = 8;

    /// <summary>The most characters of a suite's id.</summary>
    public const int MaxSuiteLength = 32;

    /// <summary>What the sender says for suites, by the suite's id: the texts of <see cref="PublicRecord.StatementOf"/> in the sender's own record. <see langword="null"/>: nothing is told of that.</summary>
    public IReadOnlyDictionary<string, string>? Statements { get; init; }

    /// <summary>What the sender sees of the recipient's suites, by the suite's id: the newest statement that holds. Empty: none. <see langword="null"/>: nothing is told of that.</summary>
    public IReadOnlyDictionary<string, SeenStatement>? Sees { get; init; }

    /// <summary>Whether all parts are of their form: within the limits, every name that of a suite, every statement printable ASCII, every revision not negative.</summary>
    public bool IsWhole =>
        (Statements is null || (Statements.Count <= MaxStatements && Statements.All(each => IsSuite(each.Key) && IsStatement(each.Value))))
        && (Sees is null || (Sees.Count <= MaxSees && Sees.All(each => IsSuite(each.Key) && each.Value is { Revision: >= 0 } seen && IsFingerprint(seen.Keys))));

    /// <summary>Whether a text can be the id of a suite: lower case, digits and dashes, 32 at most. It then needs no escape in JSON, a path or a line of a terminal.</summary>
    public static bool IsSuite([NotNullWhen(true)] string? id) =>
        id is { Length: > 0 and <= MaxSuiteLength } && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>Whether this can be a statement: printable ASCII, not nothing, and not too long.</summary>
    public static bool IsStatement([NotNullWhen(true)] string? text) => text is { Length: > 0 and <= MaxStatementLength } && text.All(c => c is >= ' ' and <= '~');

    /// <inheritdoc/>
    public bool Equals(Capabilities? other) => other is not null && AreSame(Statements, other.Statements) && AreSame(Sees, other.Sees);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Statements?.Count, Sees?.Count);

    /// <summary>Names no text: a statement is no secret, and long.</summary>
    public override string ToString() => $"{nameof(Capabilities)} of {Statements?.Count ?? 0} suites, seeing {Sees?.Count ?? 0}";

    private static bool IsFingerprint(Fingerprint keys) => keys.Value is { Length: Fingerprint.Length } digits && digits.All(char.IsAsciiHexDigitLower);

    private static bool AreSame<T>(IReadOnlyDictionary<string, T>? one, IReadOnlyDictionary<string, T>? other) => one is null || other is null
        ? one is null && other is null
        : one.Count == other.Count && one.All(each => other.TryGetValue(each.Key, out var value) && EqualityComparer<T>.Default.Equals(each.Value, value));
}

/// <summary>A statement that somebody sees of another.</summary>
/// <param name="Keys">Of the keys that it is about.</param>
/// <param name="Revision">Its <see cref="SuiteStatement.Revision"/>; 0 where the suite has none.</param>
public readonly record struct SeenStatement(Fingerprint Keys, long Revision);

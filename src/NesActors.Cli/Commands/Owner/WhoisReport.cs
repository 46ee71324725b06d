using System.Globalization;
using System.Text;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.Suites;

namespace NesActors.Cli.Commands.Owner;

/// <summary>What is told of a name.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="User">The name.</param>
/// <param name="Status"><c>active</c>, <c>revoked</c>, <c>deleted</c> or <c>unknown</c>.</param>
internal sealed record WhoisReport(int Code, Username User, string Status)
{
    public Fingerprint? Fingerprint { get; init; }

    public Fingerprint? Pinned { get; init; }

    /// <summary>What the record says of better suites than that of the fingerprint.</summary>
    public IReadOnlyList<SuiteOffer> Suites { get; init; } = [];

    public RecordProof? Proof { get; init; }

    /// <summary>The suites for which the user published something.</summary>
    public IReadOnlyList<string> Statements { get; init; } = [];

    /// <summary>What was verified of the keys.</summary>
    public string? Verified { get; init; }

    /// <summary>More, for a person.</summary>
    public string? Note { get; init; }

    public string ToText()
    {
        var text = new StringBuilder();
        void Line(string name, string? value)
        {
            if (value is not null) text.Append(CultureInfo.InvariantCulture, $"{name,-12} {value}\n");
        }
        Line("user", User.Value);
        Line("status", Status);
        Line("fingerprint", Fingerprint?.ToGroups());
        Line("pinned", PinText());
        foreach (var suite in Suites) Line($"suite {suite.Suite}", $"{suite.Keys.ToGroups()}{UseOf(suite)}");
        Line("revision", Proof is null ? null : $"{Proof.Rev}, since {Time(Proof.Since)}");
        Line("fresh until", Proof is null ? null : Time(Proof.FreshUntil));
        Line("record", Proof?.Hash.Hex);
        Line("directory", Proof?.Directory.Hex);
        Line("statements", Statements.Count == 0 ? null : $"for suite {string.Join(", ", Statements)}");
        Line("verified", Verified);
        Line("note", Note);
        return text.ToString();
    }

    public string ToJson() => JsonLine.Of(
        ("user", User.Value), ("status", Status), ("fingerprint", Fingerprint?.Value), ("pinned", Pinned?.Value), ("rev", (int?)Proof?.Rev), ("since", Proof is null ? null : Time(Proof.Since)),
        ("fresh_until", Proof is null ? null : Time(Proof.FreshUntil)), ("hash", Proof?.Hash.Hex), ("dir", Proof?.Directory.Hex), ("proved", Proof is not null), ("note", Note), ("statements", Statements));

    private string? PinText() =>
        Fingerprint is null ? Pinned?.ToGroups()
        : Pinned is null ? "not yet: these would be the first keys seen"
        : Pinned == Fingerprint ? "the same"
        : $"OTHER KEYS: {Pinned.Value.ToGroups()}";

    private static string UseOf(SuiteOffer suite) => suite switch
    {
        { IsTaken: false } => "; they do not use it any more",
        { UsableUntil: { } until } => $"; {(suite.IsFresh ? "until" : "EXPIRED on")} {Time(until)}",
        _ => "",
    };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}

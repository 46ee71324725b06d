using System.Globalization;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>What came of a look-up.</summary>
public abstract record LookupResult
{
    private LookupResult() { }

    /// <summary>The user is there, and the source vouches for the record.</summary>
    public sealed record Found(PublicRecord Record) : LookupResult
    {
        /// <summary>How far it does.</summary>
        public Vouching Vouched { get; init; }

        /// <summary>What was proved, where <see cref="Vouched"/> is <see cref="Vouching.Proved"/>.</summary>
        public RecordProof? Proof { get; init; }
    }

    /// <summary>The source answered that there is no such user.</summary>
    public sealed record NotFound : LookupResult
    {
        /// <summary>Whether the directory proved it.</summary>
        public bool IsProved { get; init; }
    }

    /// <summary>The directory proved that the user revoked the keys, and has no others yet.</summary>
    public sealed record Revoked(Username User, RecordProof Proof) : LookupResult
    {
        /// <summary>For a person.</summary>
        public override string ToString() => $"{User} revoked these keys on {Day(Proof.Since)}; ask {User} by another way for new ones";
    }

    /// <summary>The directory proved that the user left; nobody else will ever have the name.</summary>
    public sealed record Deleted(Username User, RecordProof Proof) : LookupResult
    {
        /// <summary>For a person.</summary>
        public override string ToString() => $"{User} left the key directory on {Day(Proof.Since)}; the name is nobody's now";
    }

    /// <summary>No answer, or one that says nothing about the user (503, a proxy's page). Worth asking again.</summary>
    public sealed record Unavailable(string Detail) : LookupResult;

    /// <summary>An answer that is not to be believed: wrongly signed, not signed, of another time or about another user.</summary>
    public sealed record Untrusted(string Detail) : LookupResult;

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

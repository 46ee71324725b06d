using NesActors.Contracts.Crypto;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>What came of a look-up.</summary>
public abstract record LookupResult
{
    private LookupResult() { }

    /// <summary>The user is there, and the source vouches for the record.</summary>
    public sealed record Found(PublicRecord Record) : LookupResult;

    /// <summary>The source answered that there is no such user.</summary>
    public sealed record NotFound : LookupResult;

    /// <summary>No answer, or one that says nothing about the user (503, a proxy's page). Worth asking again.</summary>
    public sealed record Unavailable(string Detail) : LookupResult;

    /// <summary>An answer that is not to be believed: wrongly signed or not signed.</summary>
    public sealed record Untrusted(string Detail) : LookupResult;
}

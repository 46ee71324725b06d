using NesActors.Core.KeyDirectory.Sources;

namespace NesActors.Core.KeyDirectory.Owner;

/// <summary>What came of an owner's request; nothing that the directory does is thrown.</summary>
public abstract record OwnerResult
{
    private OwnerResult() { }

    /// <summary>It was done.</summary>
    /// <param name="Words">The directory's words, made safe for a terminal: <c>user revoked</c>.</param>
    public sealed record Done(string Words) : OwnerResult;

    /// <summary>The keys were changed, and the directory proved it.</summary>
    /// <param name="Proof">The new record.</param>
    public sealed record Changed(RecordProof Proof) : OwnerResult;

    /// <summary>There is no such user, or none who is active.</summary>
    /// <param name="Detail">What the directory said, in one line.</param>
    public sealed record NoSuchUser(string Detail) : OwnerResult;

    /// <summary>The record changed between the look at it and the request. Worth trying again after another look.</summary>
    public sealed record Conflict : OwnerResult;

    /// <summary>The directory answered and refused.</summary>
    /// <param name="Reason">Its words, made safe for a terminal: one short line.</param>
    public sealed record Refused(string Reason) : OwnerResult;

    /// <summary>The directory is of the original's kind, which has no such request. Nothing was asked.</summary>
    public sealed record Plain : OwnerResult;

    /// <summary>The directory proves its records, and has no such request: it is older than that.</summary>
    public sealed record NotOffered : OwnerResult;

    /// <summary>What the directory says of itself, or answered, is not to be believed.</summary>
    /// <param name="Detail">Why, in one line.</param>
    public sealed record Untrusted(string Detail) : OwnerResult;

    /// <summary>No answer, or one that says nothing. Whether the directory did it is not known.</summary>
    /// <param name="Detail">What happened, in one line.</param>
    public sealed record Unavailable(string Detail) : OwnerResult;
}

using NesActors.Contracts;

namespace NesActors.Core.KeyDirectory.Owner;

/// <summary>What a link of a mail does.</summary>
public enum LinkAction
{
    /// <summary>Activates the name.</summary>
    Activate,

    /// <summary>Deletes the name, for ever.</summary>
    Delete,

    /// <summary>Confirms a recovery.</summary>
    Recover,

    /// <summary>Stops a recovery.</summary>
    Cancel,
}

/// <summary>What came of looking at a link.</summary>
public abstract record LinkResult
{
    private LinkResult() { }

    /// <summary>What the link would do.</summary>
    /// <param name="User">To whom.</param>
    /// <param name="Action">What.</param>
    /// <param name="Until">Until when it can; <see langword="null"/> where it always can.</param>
    public sealed record Known(Username User, LinkAction Action, DateTimeOffset? Until) : LinkResult;

    /// <summary>The directory is of the original's kind: whoever looks at a link there follows it, so it was not looked at.</summary>
    public sealed record Plain : LinkResult;

    /// <summary>It is no link of this directory, or has been used or is over.</summary>
    /// <param name="Reason">Why, in one line.</param>
    public sealed record Refused(string Reason) : LinkResult;

    /// <summary>What the directory says of itself, or answered, is not to be believed.</summary>
    public sealed record Untrusted(string Detail) : LinkResult;

    /// <summary>No answer, or one that says nothing.</summary>
    public sealed record Unavailable(string Detail) : LinkResult;
}

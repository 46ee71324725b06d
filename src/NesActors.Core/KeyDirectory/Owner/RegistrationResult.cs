namespace NesActors.Core.KeyDirectory.Owner;

/// <summary>What came of a registration.</summary>
public abstract record RegistrationResult
{
    private RegistrationResult() { }

    /// <summary>The directory took it. It serves the keys once the user is activated, by the link in a mail for instance.</summary>
    public sealed record Registered : RegistrationResult;

    /// <summary>The directory answered and refused.</summary>
    /// <param name="Reason">Its words, made safe for a terminal: one short line.</param>
    public sealed record Refused(string Reason) : RegistrationResult;

    /// <summary>What the directory says of itself is not to be believed; nothing was sent to it.</summary>
    /// <param name="Detail">Why, in one line.</param>
    public sealed record Untrusted(string Detail) : RegistrationResult;

    /// <summary>No answer, or one that says nothing. Whether the directory took the registration is not known.</summary>
    /// <param name="Detail">What happened, in one line.</param>
    public sealed record Unavailable(string Detail) : RegistrationResult;
}

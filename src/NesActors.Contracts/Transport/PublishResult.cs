namespace NesActors.Contracts.Transport;

/// <summary>How a publish ended.</summary>
public enum PublishOutcome
{
    /// <summary>The carrier has confirmed that it has the frame.</summary>
    Confirmed,

    /// <summary>The frame has certainly not left: it may be sent again without being there twice.</summary>
    NotSent,

    /// <summary>The carrier has it not and said so: not authorised, too large, over a quota. Sending it again would end the same way.</summary>
    Refused,

    /// <summary>The connection broke after the frame may have left and before it was confirmed: nobody can know.</summary>
    Unknown,
}

/// <summary>How a publish ended, and what there is to say about it.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Detail">Why, in a few words for a person; <see langword="null"/> where it was confirmed.</param>
public sealed record PublishResult(PublishOutcome Outcome, string? Detail = null)
{
    /// <summary>The carrier has the frame.</summary>
    public static PublishResult Confirmed { get; } = new(PublishOutcome.Confirmed);
}

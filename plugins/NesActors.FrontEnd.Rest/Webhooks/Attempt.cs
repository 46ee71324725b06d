namespace NesActors.FrontEnd.Rest.Webhooks;

/// <summary>What became of one attempt to tell a receiver of an event.</summary>
/// <param name="Outcome">What follows from it.</param>
/// <param name="Failure">Why it was not taken, one of <see cref="AttemptFailures"/>; empty where it was.</param>
internal readonly record struct Attempt(AttemptOutcome Outcome, string Failure)
{
    public static readonly Attempt Taken = new(AttemptOutcome.Taken, "");

    /// <summary>From a status of HTTP: all but 2xx is a failure, redirects too.</summary>
    public static Attempt Of(int status) => status switch
    {
        >= 200 and < 300 => Taken,
        410 => new Attempt(AttemptOutcome.Gone, AttemptFailures.OfStatus(status)),
        _ => new Attempt(AttemptOutcome.Failed, AttemptFailures.OfStatus(status)),
    };

    /// <summary>Where there was no status.</summary>
    public static Attempt Failed(string failure) => new(AttemptOutcome.Failed, failure);
}

/// <summary>What follows from an attempt.</summary>
internal enum AttemptOutcome
{
    /// <summary>The receiver has it.</summary>
    Taken,

    /// <summary>It is to be tried again.</summary>
    Failed,

    /// <summary>The receiver wants nothing any more.</summary>
    Gone,
}

using System.Net.Http.Headers;

namespace NesActors.FrontEnd.Rest.Webhooks;

/// <summary>What became of one attempt to tell a receiver of an event.</summary>
/// <param name="Outcome">What follows from it.</param>
/// <param name="Failure">Why it was not taken, one of <see cref="AttemptFailures"/>; empty where it was.</param>
internal readonly record struct Attempt(AttemptOutcome Outcome, string Failure)
{
    public static readonly Attempt Taken = new(AttemptOutcome.Taken, "");

    private RetryConditionHeaderValue? Asked { get; init; }

    /// <summary>From an answer: all but 2xx is a failure, redirects too.</summary>
    public static Attempt Of(HttpResponseMessage answer) => (int)answer.StatusCode switch
    {
        >= 200 and < 300 => Taken,
        410 => new Attempt(AttemptOutcome.Gone, AttemptFailures.OfStatus(410)),
        var status => new Attempt(AttemptOutcome.Failed, AttemptFailures.OfStatus(status)) { Asked = answer.Headers.RetryAfter },
    };

    /// <summary>How long the receiver asked to be left alone (<c>Retry-After</c>, RFC 9110, 10.2.3: seconds or a date); zero where it did not.</summary>
    public TimeSpan RetryAfter(DateTimeOffset now) => Asked switch
    {
        { Delta: { } wait } => wait,
        { Date: { } date } when date > now => date - now,
        _ => TimeSpan.Zero,
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

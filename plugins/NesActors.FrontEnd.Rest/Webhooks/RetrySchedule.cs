namespace NesActors.FrontEnd.Rest.Webhooks;

/// <summary>
/// When a delivery that failed is tried again: after 5 s, then after twice as long each time, up to 2 h; each wait longer or shorter by up to a fifth, so that many do not come back at once. The
/// waits between the first attempt and the last add up to 89,435 s, about 25 hours (20 to 30 with what is added or taken). A receiver may ask for a longer wait, up to 2 h.
/// </summary>
internal static class RetrySchedule
{
    /// <summary>As often as an event is tried before it is a dead letter.</summary>
    public const int MaxAttempts = 23;

    private const double Spread = 0.2;

    /// <summary>Doubled as often, the first wait is past the longest.</summary>
    private const int MaxDoublings = 11;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    /// <summary>How long to wait after a failure.</summary>
    /// <param name="failures">How often it has failed, from 1.</param>
    /// <param name="random">From 0 to 1; 0.5 is the wait as it is named above.</param>
    /// <param name="asked">How long the receiver asked to be left alone.</param>
    public static TimeSpan WaitAfter(int failures, double random, TimeSpan asked = default)
    {
        var wait = (failures > MaxDoublings ? Longest : First * (1 << (failures - 1))) * (1 - Spread + 2 * Spread * random);
        var least = asked < Longest ? asked : Longest;
        return wait > least ? wait : least;
    }
}

namespace NesActors.Contracts;

/// <summary>Times as exactly as messages tell them and stores keep them: to the millisecond.</summary>
public static class Milliseconds
{
    /// <summary>What a clock says now, without what is smaller than a millisecond.</summary>
    public static DateTimeOffset GetMillisecondNow(this TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return clock.GetUtcNow().CutToMilliseconds();
    }

    /// <summary>A time in UTC, without what is smaller than a millisecond.</summary>
    public static DateTimeOffset CutToMilliseconds(this DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}

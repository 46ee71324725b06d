namespace NesActors.FrontEnd.Tests;

/// <summary>A clock that stands still, one hour east of Greenwich.</summary>
internal sealed class StoppedClock : TimeProvider
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(1), "test", "test");

    public override DateTimeOffset GetUtcNow() => Noon;
}

/// <summary>A clock on which every time limit is over at once.</summary>
internal sealed class ImpatientClock : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
}

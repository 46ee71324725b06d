using NesActors.Core.Hosting;

namespace NesActors.Core.Tests.Hosting;

public sealed class BackoffTests
{
    private static readonly Backoff Steady = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), 0);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(6, 32)]
    [InlineData(7, 60)]
    [InlineData(1000, 60)]
    public void Doubles_up_to_the_bound(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Steady.Delay(failures, 0.5));

    [Fact]
    public void Changes_each_wait_by_no_more_than_its_part()
    {
        var jittered = Steady with { Jitter = 0.5 };
        Assert.Equal(TimeSpan.FromSeconds(0.5), jittered.Delay(1, 0));
        Assert.Equal(TimeSpan.FromSeconds(1.5), jittered.Delay(1, 1));
    }
}

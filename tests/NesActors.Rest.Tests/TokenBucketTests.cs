using System.Net;
using Microsoft.Extensions.Time.Testing;
using NesActors.FrontEnd.Rest.Access.Limits;

namespace NesActors.Rest.Tests;

public sealed class TokenBucketTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_bucket_gives_a_burst_and_then_its_rate()
    {
        var buckets = new TokenBuckets<string>(3, TimeSpan.FromSeconds(2), _clock, 8);

        Assert.Equal(3, TakeAll(buckets, "a"));
        Assert.False(buckets.TryTake("a", out var retryAfter));
        Assert.Equal(TimeSpan.FromSeconds(2), retryAfter);
        _clock.Advance(TimeSpan.FromSeconds(1.5));
        Assert.False(buckets.TryTake("a", out retryAfter));
        Assert.Equal(TimeSpan.FromSeconds(0.5), retryAfter);
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(1, TakeAll(buckets, "a"));
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(3, TakeAll(buckets, "a"));
    }

    [Fact]
    public void One_that_is_busy_is_remembered_whatever_others_come()
    {
        var buckets = new TokenBuckets<int>(1, TimeSpan.FromHours(1), _clock, 8);
        Assert.True(buckets.TryTake(0, out _));

        for (var other = 1; other < 1000; other++)
        {
            Assert.True(buckets.TryTake(other, out _));
            Assert.False(buckets.TryTake(0, out _));
        }
    }

    [Fact]
    public void Keys_in_any_number_fill_no_memory()
    {
        var buckets = new TokenBuckets<int>(1, TimeSpan.FromHours(1), _clock, 1000);

        for (var key = 0; key < 100_000; key++)
        {
            buckets.TryTake(key, out _);
            Assert.InRange(buckets.Count, 1, 2000);
        }
    }

    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.2", false)]
    [InlineData("2001:db8::1", "2001:db8::ffff:2", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("127.0.0.1", "::1", false)]
    public void A_household_is_one_client(string one, string other, bool same) =>
        Assert.Equal(same, ClientAddress.Of(IPAddress.Parse(one)) == ClientAddress.Of(IPAddress.Parse(other)));

    private static int TakeAll(TokenBuckets<string> buckets, string key)
    {
        var taken = 0;
        while (buckets.TryTake(key, out _)) taken++;
        return taken;
    }
}

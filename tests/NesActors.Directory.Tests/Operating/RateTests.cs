using System.Net;
using Microsoft.Extensions.Time.Testing;
using NesActors.Directory.Limits;

namespace NesActors.Directory.Tests.Operating;

public sealed class RateTests
{
    private readonly FakeTimeProvider _clock = new();

    [Theory]
    [InlineData("50/s:200", 50, 1, 200)]
    [InlineData("5/min", 5, 60, 5)]
    [InlineData("1/h:10", 1, 3600, 10)]
    [InlineData("20/d", 20, 86400, 20)]
    public void Reads_a_rate(string text, int count, int seconds, int burst) => Assert.Equal(new Rate(count, TimeSpan.FromSeconds(seconds), burst), Rate.TryParse(text));

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("0/s")]
    [InlineData("-1/s")]
    [InlineData("5/s:0")]
    [InlineData("5/s:")]
    [InlineData("5/year")]
    [InlineData("5/s ")]
    [InlineData("5/s\n")]
    [InlineData("9999999/s")]
    [InlineData("٥/s")]
    public void Refuses_what_is_no_rate(string text) => Assert.Null(Rate.TryParse(text));

    [Fact]
    public void Reads_what_differs_from_the_defaults()
    {
        var limits = LimitOptions.Parse("lookups=7/s, mails=1/d,waiting=3")!;
        Assert.Equal(new LimitOptions { LookUps = new Rate(7, TimeSpan.FromSeconds(1), 7), Mails = new Rate(1, TimeSpan.FromDays(1), 1), Waiting = 3 }, limits);
        Assert.Equal(new LimitOptions(), LimitOptions.Parse("on"));
        Assert.Null(LimitOptions.Parse("off"));
    }

    [Theory]
    [InlineData("lookups")]
    [InlineData("lookups=")]
    [InlineData("lookups=many")]
    [InlineData("look-ups=1/s")]
    [InlineData("waiting=-1")]
    [InlineData("lookups=1/s,,")]
    public void Names_the_part_that_makes_no_sense(string text)
    {
        var part = text.Split(',')[0];
        var error = Assert.Throws<FormatException>(() => LimitOptions.Parse(text));
        Assert.Contains(text.EndsWith(',') ? "''" : $"'{part}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Allows_a_burst_then_one_for_each_interval()
    {
        var table = new RateTable<int>(new Rate(10, TimeSpan.FromSeconds(1), 3), _clock);
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => table.TryTake(1, out var _)));
        Assert.False(table.TryTake(1, out var retryAfter));
        Assert.Equal(TimeSpan.FromMilliseconds(100), retryAfter);
        _clock.Advance(retryAfter);
        Assert.True(table.TryTake(1, out _));
        Assert.False(table.TryTake(1, out _));
        Assert.True(table.TryTake(2, out _));
    }

    [Fact]
    public void A_million_addresses_take_no_more_room_than_there_is()
    {
        var table = new RateTable<int>(new Rate(1, TimeSpan.FromDays(1), 1), _clock, capacity: 1600);
        for (var i = 0; i < 1_000_000; i++) table.TryTake(i, out _);
        Assert.InRange(table.Count, 1, 3200);
    }

    [Fact]
    public void A_flood_of_others_does_not_free_the_one_who_goes_on_asking()
    {
        var table = new RateTable<int>(new Rate(1, TimeSpan.FromDays(1), 5000), _clock, capacity: 1600);
        var taken = 0;
        for (var i = 0; i < 100_000; i++)
        {
            table.TryTake(-1 - i, out _);
            if (i % 10 == 0 && table.TryTake(7, out _)) taken++;
        }
        Assert.Equal(5000, taken);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void Clients_are_told_apart_by_address_and_v6_by_its_first_64_bits(string one, string other, bool same) =>
        Assert.Equal(same, ClientAddress.Of(IPAddress.Parse(one)) == ClientAddress.Of(IPAddress.Parse(other)));
}

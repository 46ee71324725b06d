using NesActors.Fuzz.Running;
using Xunit.Abstractions;

namespace NesActors.Fuzz.Tests;

/// <summary>The short run: the same cases each time, and as many that nobody has seen before. The long one is a program: <c>dotnet run -c Release --project tests/NesActors.Fuzz</c>.</summary>
public sealed class CampaignTests(ITestOutputHelper output) : IDisposable
{
    private const int Cases = 10_000;
    private const int FixedSeed = 20_261_122;

    private readonly Campaign _campaign = new();

    public static TheoryData<int> Seeds => [FixedSeed, Random.Shared.Next()];

    public void Dispose() => _campaign.Dispose();

    [Theory]
    [MemberData(nameof(Seeds), DisableDiscoveryEnumeration = true)]
    public void Whatever_is_made_of_what_was_signed_is_dropped_or_says_what_was_signed(int seed)
    {
        output.WriteLine($"Seed {seed}");

        var report = _campaign.Run(Cases, seed);

        foreach (var (outcome, times) in report.Outcomes) output.WriteLine($"{times,8:N0} {outcome}");
        Assert.True(report.Findings.Count == 0, string.Join("\n\n", report.Findings));
        Assert.Equal(Cases, report.Outcomes.Values.Sum());
    }

    public static TheoryData<string, int> Sessions
    {
        get
        {
            var sessions = new TheoryData<string, int>();
            foreach (var suite in Campaign.Suites)
            {
                sessions.Add(suite, FixedSeed);
                sessions.Add(suite, Random.Shared.Next());
            }
            return sessions;
        }
    }

    [Theory]
    [MemberData(nameof(Sessions), DisableDiscoveryEnumeration = true)]
    public async Task A_session_that_takes_some_of_it_shows_the_valid_messages_between(string suite, int seed)
    {
        output.WriteLine($"Suite {suite}, seed {seed}");

        var (frames, dropped) = await _campaign.RunSessionAsync(suite, Cases, seed);

        Assert.NotEmpty(dropped);
        Assert.InRange(dropped.Values.Sum(), 1, frames);
    }

    [Fact]
    public void The_cases_reach_what_lies_behind_the_parsers()
    {
        var outcomes = _campaign.Run(Cases / 5, FixedSeed).Outcomes;

        string[] deep = ["a text", "a text with delivery", "a confirmation", "opened, to nobody", "opened, of somebody else", "opened, not verified", "verified, as it was signed", "a record, as it was signed", "no such user, as it was signed"];
        Assert.Contains("nes2 message, forged: opened, not verified", outcomes.Keys);
        Assert.Contains("nes2 message, signed again: a text with delivery", outcomes.Keys);
        Assert.Contains("nes2 message, signed again: a text with suites", outcomes.Keys);
        Assert.Contains("nes2 plaintext, encrypted again: opened, not verified", outcomes.Keys);
        Assert.All(deep, outcome => Assert.Contains(outcomes.Keys, key => key.EndsWith($": {outcome}", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_case_is_the_same_each_time_it_is_made()
    {
        foreach (var number in Enumerable.Range(0, 100))
        {
            var one = new FuzzCase(FixedSeed, number);
            Assert.Equal(one.Make(_campaign.Targets).Input, one.Make(_campaign.Targets).Input);
        }
    }
}

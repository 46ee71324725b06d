using NesActors.Faults.Trials;
using NesActors.Testing;

namespace NesActors.Faults.Tests;

/// <summary>Each message arrives once, in order, and is shown as delivered, whatever breaks meanwhile. The long trials are run by hand (docs/reliability.md).</summary>
public sealed class ShortTrialTests
{
    private const int Seed = 20261123;

    [RealPartFact(MosquittoServer.Program)]
    public Task Survives_that_sessions_are_killed() => SurvivesAsync("kills", strikes: 8, messages: 160);

    [RealPartFact(MosquittoServer.Program)]
    public Task Survives_that_the_broker_is_killed_and_has_forgotten_all() => SurvivesAsync("broker", strikes: 2, messages: 60);

    [RealPartFact(MosquittoServer.Program)]
    public Task Survives_that_a_persistent_broker_is_killed_or_restarted() => SurvivesAsync("persistent-broker", strikes: 3, messages: 60);

    [RealPartFact(MosquittoServer.Program)]
    public Task Survives_a_cut_in_each_phase_of_a_message() => SurvivesAsync("cuts", strikes: 12, messages: 120);

    [RealPartFact(MosquittoServer.Program)]
    public Task Survives_that_the_store_is_locked_for_a_while() => SurvivesAsync("locks", strikes: 2, messages: 60);

    private static async Task SurvivesAsync(string scenario, int strikes, int messages)
    {
        var trial = new Trial(strikes, messages, Seed) { MaxPause = TimeSpan.FromSeconds(2), Limit = TimeSpan.FromMinutes(5) };
        var report = await Scenario.All.Single(one => one.Name == scenario).RunAsync(trial);
        Assert.True(report.Troubles.Count == 0, string.Join('\n', [report.Summary, .. report.Troubles]));
    }
}

using System.Globalization;

namespace NesActors.Faults.Trials;

/// <summary>What a trial has shown.</summary>
/// <param name="Summary">For a person.</param>
/// <param name="Troubles">What must not be, a line each; empty: nothing.</param>
internal sealed record TrialReport(string Summary, IReadOnlyList<string> Troubles)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Three witnesses of each direction must agree: who read along through all faults, the log of events read anew, and the history; and the sender's history.</summary>
    public static async Task<TrialReport> OfAsync(Exchange exchange, string strike, Trial trial, int idle, TimeSpan time)
    {
        using var limit = new CancellationTokenSource(Patience);
        var (seen, troubles) = (new Findings(), new List<string>());
        foreach (var direction in exchange.Directions)
        {
            var live = Findings.Of(direction.Ledger.Received, direction.Messages);
            seen += live;
            Check("who read along", live);
            Check("the log", await direction.LoggedAsync(limit.Token));
            Check("the history", await direction.KeptAsync(limit.Token));
            var undelivered = await direction.UndeliveredAsync(limit.Token);
            if (undelivered > 0) troubles.Add($"{undelivered} are not shown as delivered");
            troubles.AddRange(direction.Ledger.Troubles);
        }
        var summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{strike}: {trial.Strikes} times ({trial.Strikes - idle} with messages on their way), {trial.Messages} messages, seed {trial.Seed}: "
            + $"{seen.Losses} lost, {seen.Duplicates} twice, {seen.Disorder} out of order, in {time.TotalSeconds:F0} s");
        return new TrialReport(summary, troubles);

        void Check(string witness, Findings findings)
        {
            if (!findings.IsClean) troubles.Add($"{witness}: {findings}");
        }
    }
}

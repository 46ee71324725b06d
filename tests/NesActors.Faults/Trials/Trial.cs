using System.Diagnostics;
using NesActors.EndToEnd.Tests.Support;
using NesActors.Faults.Strikes;

namespace NesActors.Faults.Trials;

/// <summary>Faults that strike while two people write to each other. With each a share of the messages is let go, so that some are always on their way.</summary>
/// <param name="Strikes">How many faults.</param>
/// <param name="Messages">How many messages, both directions together.</param>
/// <param name="Seed">Chooses the moments, and whom they strike.</param>
internal sealed record Trial(int Strikes, int Messages, int Seed)
{
    /// <summary>The longest time between two strikes.</summary>
    public TimeSpan MaxPause { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How long all of it may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>Told after each strike.</summary>
    public Action<string> Progress { get; init; } = _ => { };

    /// <summary>Runs it.</summary>
    public async Task<TrialReport> RunAsync(Lab lab, IStrike strike, Surroundings alices, Surroundings bobs)
    {
        using var limit = new CancellationTokenSource(Limit);
        await using var exchange = await Exchange.BeginAsync(lab, alices, bobs, Messages, limit.Token);
        var begin = Stopwatch.GetTimestamp();
        var random = new Random(Seed);
        var idle = 0;
        try
        {
            for (var i = 1; i <= Strikes; i++)
            {
                foreach (var direction in exchange.Directions) direction.Release((direction.Messages / Strikes) + 1);
                await exchange.OrFailedAsync(MomentAsync(exchange, random, limit.Token));
                if (exchange.InFlight == 0) idle++;
                await exchange.OrFailedAsync(strike.StrikeAsync(exchange, random, limit.Token));
                Progress($"{i} of {Strikes}, {exchange.InFlight} on their way, {exchange.Directions.Sum(direction => direction.Ledger.Delivered)} delivered");
            }
            foreach (var direction in exchange.Directions) direction.ReleaseAll();
            foreach (var direction in exchange.Directions) await exchange.OrFailedAsync(direction.DoneAsync(limit.Token));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // What has not come by now is lost.
        }
        return await TrialReport.OfAsync(exchange, strike.Name, this, idle, Stopwatch.GetElapsedTime(begin));
    }

    /// <summary>A random moment, or the last one at which some messages are still on their way.</summary>
    private async Task MomentAsync(Exchange exchange, Random random, CancellationToken cancellation)
    {
        var few = random.Next(1, 8);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(
            [Task.Delay(MaxPause * random.NextDouble(), either.Token), .. exchange.Directions.Select(direction => direction.Ledger.UntilAsync(_ => exchange.Outstanding <= few, either.Token))]);
        await either.CancelAsync();
    }
}

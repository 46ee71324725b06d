using System.Diagnostics;
using NesActors.Contracts.Crypto;
using NesActors.Testing;

namespace NesActors.Fuzz.Sessions;

/// <summary>What strangers cost, in figures: of a directory that does not know them, and of one that does not answer.</summary>
internal static class StrangerFigures
{
    private const int AtOnce = 500;

    public static async Task RunAsync(int strangers)
    {
        await using var broker = await MosquittoServer.StartAsync(new MosquittoOptions { Lines = ["max_queued_messages 0"] });
        foreach (var isSilent in new[] { false, true }) await RunAsync(broker.Address, strangers, isSilent);
    }

    private static async Task RunAsync(Uri broker, int strangers, bool isSilent)
    {
        await using var run = await BrokerRun.StartAsync(broker, TimeProvider.System);
        run.Directory.IsSilent = isSilent;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var begin = Stopwatch.GetTimestamp();
        long most = 0;
        for (var met = 0; met < strangers; met += AtOnce)
        {
            await run.MeetAsync(Math.Min(AtOnce, strangers - met));
            await run.HearAmyAsync();
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
        }
        var elapsed = Stopwatch.GetElapsedTime(begin);
        var status = await run.StatusAsync();
        Console.WriteLine(
            $"""
            {strangers:N0} strangers, a directory that {(isSilent ? "does not answer" : "does not know them")}:
              {elapsed.TotalSeconds:N0} s; the directory was asked {run.Directory.AskedAboutStrangers:N0} times
              heap: {(most - before) / 1e6:N1} MB more at most, {(GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6:N1} MB at the end
              waiting: {status.Spooled:N0}; dropped: {string.Join(", ", status.Dropped.Select(entry => $"{entry.Key.ToCode()} {entry.Value:N0}"))}
            """);
    }
}

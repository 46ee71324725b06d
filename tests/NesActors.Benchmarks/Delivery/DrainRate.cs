using System.Diagnostics;
using System.Globalization;
using NesActors.Testing;

namespace NesActors.Benchmarks.Delivery;

/// <summary>How fast a session takes in what waited for it at a mosquitto, beside how fast this machine opens the same frames from memory.</summary>
internal static class DrainRate
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    /// <param name="args">How many frames; how many junk frames among them; for how many seconds the directory is down at first.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var frames = Number(args, 0, 100_000);
        var junk = Number(args, 1, 0);
        var down = TimeSpan.FromSeconds(Number(args, 2, 0));
        var folder = System.IO.Directory.CreateTempSubdirectory("nes-drain-");
        try
        {
            using var limit = new CancellationTokenSource(Limit);
            await using var broker = await MosquittoServer.StartAsync(new MosquittoOptions { Lines = ["max_queued_messages 0"] });
            await using var drain = await Drain.PrepareAsync(broker.Address, folder.FullName, limit.Token);
            var begin = Stopwatch.GetTimestamp();
            await drain.FillAsync(frames, junk, limit.Token);
            Say($"{frames} frames and {junk} of junk are in the queue, after {Stopwatch.GetElapsedTime(begin).TotalSeconds:F1} s");
            // Before and after: the machine is not as fast at any time.
            var before = OpenFromMemory(broker, drain);
            var drained = new Cost(broker);
            await drain.RunAsync(frames, down, Console.WriteLine, limit.Token);
            drained.Count = frames;
            drained.Stop();
            var after = OpenFromMemory(broker, drain);
            Say($"opened from memory, before: {before}");
            Say($"drained, once each and in order: {drained}");
            Say($"opened from memory, after: {after}");
            Say($"ratio {2 * drained.Rate / (before.Rate + after.Rate):F2}; by processor time {(before.ProcessorTime + after.ProcessorTime) / drained.ProcessorTime / 2:F2}");
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Cost OpenFromMemory(MosquittoServer broker, Drain drain)
    {
        GC.Collect();
        var opened = new Cost(broker);
        opened.Count = drain.OpenFromMemory();
        opened.Stop();
        return opened;
    }

    private static int Number(string[] args, int index, int otherwise) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}

using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using NesActors.Contracts;

namespace NesActors.Benchmarks.Rest;

/// <summary>
/// <c>POST /v1/messages?wait=published</c> over many connections, each to a recipient of its own: done when the broker has the message. Beside it stands how fast the suite alone seals on all cores, before and
/// after, for other work on the machine takes from both.
/// </summary>
internal static class SendRate
{
    private const string Published = "published";

    private static readonly TimeSpan Sealing = TimeSpan.FromSeconds(3), Accepting = TimeSpan.FromSeconds(3);

    /// <param name="connections">How many.</param>
    /// <param name="seconds">How long.</param>
    public static async Task<int> RunAsync(int connections, int seconds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        await using var stage = await RestStage.StartAsync(people: 1, others: connections, limit.Token);
        using var client = stage.Client();
        await SendAsync(client, connections, TimeSpan.FromSeconds(2), Published, limit.Token);

        var (before, cost) = Seal(stage);
        var broker = stage.Broker.ProcessorTime;
        var cpu = Environment.CpuUsage.TotalTime;
        var began = Stopwatch.GetTimestamp();
        var times = await SendAsync(client, connections, TimeSpan.FromSeconds(seconds), Published, limit.Token);
        var elapsed = Stopwatch.GetElapsedTime(began);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        broker = stage.Broker.ProcessorTime - broker;
        var (after, costAfter) = Seal(stage);
        var accepting = Stopwatch.GetTimestamp();
        var accepted = await SendAsync(client, connections, Accepting, "queued", limit.Token);
        var acceptedRate = accepted.Count / Stopwatch.GetElapsedTime(accepting).TotalSeconds;

        var rate = times.Count / elapsed.TotalSeconds;
        var (seal, each) = ((before + after) / 2, cpu.TotalMicroseconds / times.Count);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
             sealing alone, {Environment.ProcessorCount} threads: {before:F0}/s before, {after:F0}/s after; processor time {cost:F0} and {costAfter:F0} µs
             {connections} connections: {times.Count} messages published in {elapsed.TotalSeconds:F1} s, {rate:F0}/s, {rate / seal:F2} of the rate of sealing; {times}
             processor time of a message: {each:F0} µs in this process, the client's side included, and {broker.TotalMicroseconds / times.Count:F0} µs at the broker; sealing is {(cost + costAfter) / 2 / each:F2} of it
             without waiting: {acceptedRate:F0}/s written down, while they go out; {accepted}
             """));
        return 0;
    }

    private static async Task<Times> SendAsync(HttpClient client, int connections, TimeSpan time, string state, CancellationToken limit)
    {
        var began = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(Enumerable.Range(0, connections).Select(async number =>
        {
            var times = new Times();
            while (Stopwatch.GetElapsedTime(began) < time)
            {
                var asked = Stopwatch.GetTimestamp();
                using var answer = await client.PostAsJsonAsync(state == Published ? "/v1/messages?wait=published&timeout=300" : "/v1/messages", new { to = RestStage.Other(number).Value, text = "The backup is done." }, limit);
                if (!(await answer.Content.ReadAsStringAsync(limit)).Contains($"\"{state}\"", StringComparison.Ordinal)) throw new InvalidDataException($"A message was not {state}: {answer.StatusCode}");
                times.Add(asked);
            }
            return times;
        }));
        var sum = new Times();
        foreach (var times in all) sum.Add(times);
        return sum;
    }

    /// <returns>How often a second, and the processor time of each in microseconds.</returns>
    private static (double Rate, double Cost) Seal(RestStage stage)
    {
        var (cpu, began) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        var counts = new long[Environment.ProcessorCount];
        Parallel.For(0, counts.Length, new ParallelOptions { MaxDegreeOfParallelism = counts.Length }, index =>
        {
            using var recipient = stage.Suite.ReadPeer(stage.RecordOf(RestStage.Other(0)));
            var message = new Message(stage[0].Me, recipient.User, TimeProvider.System.GetUtcNow(), "The backup is done.");
            while (Stopwatch.GetElapsedTime(began) < Sealing)
            {
                stage.Identity.Seal(stage.Identity.Compose(message), recipient);
                counts[index]++;
            }
        });
        return (counts.Sum() / Stopwatch.GetElapsedTime(began).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / counts.Sum());
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NesActors.Contracts;

namespace NesActors.Benchmarks.Rest;

/// <summary>
/// Readers of <c>GET /v1/events</c>, each cut at random and back again, while others publish: what comes through, how long it takes from the sealing of a message to the readers, and what it costs each side.
/// Session and gateway are this process, publishers and readers have one each. The first seconds, in which code is compiled, do not count.
/// </summary>
internal static class StreamRate
{
    private const int WarmUp = 10;

    /// <param name="readers">How many read.</param>
    /// <param name="rate">Messages a second.</param>
    /// <param name="seconds">How long, behind the first ones.</param>
    public static async Task<int> RunAsync(int readers, int rate, int seconds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(15));
        await using var stage = await RestStage.StartAsync(people: 1, others: 0, limit.Token);
        var (first, messages) = (Even(rate * WarmUp), Even(rate * seconds));
        using var publishing = Start(stage, "publish", stage.Broker.Address.Port, rate);
        await publishing.StandardInput.WriteLineAsync(StreamPublishers.Write(stage.Identity.PublicRecord));
        foreach (var record in JsonSerializer.Deserialize<string[]>(await LineAsync(publishing, limit.Token))!) stage.Know(StreamPublishers.Read(record));
        using var reading = Start(stage, "read", stage.Address.Port, readers, first, first + messages, stage[0].StartCursor);
        if (await LineAsync(reading, limit.Token) != "ready") throw new InvalidOperationException("The readers did not come.");
        Process[] others = [publishing, reading];

        await using var log = stage[0].EventsAsync(stage[0].StartCursor, limit.Token).GetAsyncEnumerator(limit.Token);
        await publishing.StandardInput.WriteLineAsync($"{first}");
        await FollowAsync(log, first);
        var (before, began) = (Costs.Now(stage, others), Stopwatch.GetTimestamp());
        await publishing.StandardInput.WriteLineAsync($"{messages}");
        var times = await FollowAsync(log, messages);
        var logged = Stopwatch.GetElapsedTime(began);
        var read = await LineAsync(reading, limit.Token);
        var done = Stopwatch.GetElapsedTime(began);
        var cost = Costs.Now(stage, others) - before;
        foreach (var other in others) await other.StandardInput.WriteLineAsync("bye");

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
             {messages} messages to {readers} readers behind {WarmUp} s of others: each has each of them once, in the order of the log; {read}
             in the recipient's log after {logged.TotalSeconds:F1} s ({messages / logged.TotalSeconds:F0}/s of {rate} wanted), at the last reader after {done.TotalSeconds:F1} s
             from before its sealing to the log: {times}
             processor time of a message: {cost.PerMessage(messages)}
             all together {cost.All / done:F2} cores
             """));
        return 0;
    }

    private static async Task<Times> FollowAsync(IAsyncEnumerator<MessengerEvent> log, int messages)
    {
        var times = new Times();
        while (times.Count < messages && await log.MoveNextAsync())
        {
            if (log.Current is MessageReceived { Message.Text: var text }) times.Add(long.Parse(text.Split(' ')[1], CultureInfo.InvariantCulture));
        }
        return times;
    }

    private static int Even(int messages) => messages / StreamPublishers.Count * StreamPublishers.Count;

    private static Process Start(RestStage stage, string part, params long[] numbers) => Process.Start(new ProcessStartInfo(
        Environment.ProcessPath!, ["rest", part, .. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        Environment = { ["NES_TOKEN"] = stage.Secret },
    })!;

    private static async Task<string> LineAsync(Process process, CancellationToken limit) =>
        await process.StandardOutput.ReadLineAsync(limit) ?? throw new InvalidOperationException("A part of the benchmark has ended; it says above why.");

    private sealed record Costs(TimeSpan Server, TimeSpan Broker, TimeSpan Publishers, TimeSpan Readers)
    {
        public TimeSpan All => Server + Broker + Publishers + Readers;

        public static Costs Now(RestStage stage, Process[] others) => new(Environment.CpuUsage.TotalTime, stage.Broker.ProcessorTime, TimeOf(others[0]), TimeOf(others[1]));

        public static Costs operator -(Costs one, Costs other) =>
            new(one.Server - other.Server, one.Broker - other.Broker, one.Publishers - other.Publishers, one.Readers - other.Readers);

        public string PerMessage(int messages) => string.Create(
            CultureInfo.InvariantCulture,
            $"session and gateway {(Server / messages).TotalMilliseconds:F2} ms, publishers {(Publishers / messages).TotalMilliseconds:F2} ms, readers {(Readers / messages).TotalMilliseconds:F2} ms, broker {(Broker / messages).TotalMilliseconds:F2} ms");

        private static TimeSpan TimeOf(Process process)
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }
}

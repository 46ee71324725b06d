using System.Buffers.Text;
using System.Collections;
using System.Diagnostics;
using System.Globalization;
using NesActors.Contracts;
using NesActors.Testing;

namespace NesActors.Benchmarks.Rest;

/// <summary>Readers of <c>GET /v1/events</c>, each cut at random and back again, while others publish: what comes through, and how long it takes from the sealing of a message to each reader.</summary>
internal static class StreamRate
{
    private const int MeanBytes = 250_000, Publishers = 8;

    /// <param name="readers">How many read.</param>
    /// <param name="rate">Messages a second.</param>
    /// <param name="seconds">How long.</param>
    public static async Task<int> RunAsync(int readers, int rate, int seconds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(15));
        await using var stage = await RestStage.StartAsync(people: 1, others: 0, limit.Token);
        var publishers = await Task.WhenAll(Enumerable.Range(0, Publishers).Select(number => stage.PublisherAsync(number, limit.Token)));
        using var client = stage.Client();
        var messages = rate * seconds / Publishers * Publishers;
        var start = stage[0].StartCursor;
        var all = Enumerable.Range(0, readers).Select(number => new CutReader(client, new Random(number), MeanBytes, start)).ToList();
        var reading = await Task.WhenAll(all.Select(async reader => (Task: ReadAsync(reader, await reader.ConnectAsync(limit.Token), messages, limit.Token), 0)));
        var log = FollowAsync(stage[0], messages, limit.Token);

        var cpu = Environment.CpuUsage.TotalTime;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(publishers.Select((publisher, number) => publisher.PublishAsync(
            messages / Publishers, (double)rate / Publishers, i => string.Create(CultureInfo.InvariantCulture, $"{(i * Publishers) + number} {Stopwatch.GetTimestamp()}"), limit.Token)));
        var sent = Stopwatch.GetElapsedTime(began);
        var logged = await log;
        var arrived = Stopwatch.GetElapsedTime(began);
        var times = new Times();
        foreach (var (task, _) in reading) times.Add(await task);
        var done = Stopwatch.GetElapsedTime(began);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        foreach (var publisher in publishers) await publisher.DisposeAsync();

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
             {messages} messages to {readers} readers: each has each of them once, in the order of the log; {all.Sum(reader => reader.Cuts)} cuts, {all.Sum(reader => reader.Breaks)} streams that broke off
             published in {sent.TotalSeconds:F1} s ({messages / sent.TotalSeconds:F0}/s), in the recipient's log after {arrived.TotalSeconds:F1} s ({messages / arrived.TotalSeconds:F0}/s), at the last reader after {done.TotalSeconds:F1} s
             from before its sealing to the log: {logged}
             from before its sealing to a reader: {times}
             {times.Count / done.TotalSeconds:F0} events/s; processor time {cpu.TotalSeconds:F1} s for publishers, session, gateway and readers together, {cpu.TotalSeconds / done.TotalSeconds:F2} cores
             """));
        return 0;
    }

    private static async Task<Times> FollowAsync(IMessenger messenger, int messages, CancellationToken limit)
    {
        var times = new Times();
        await foreach (var item in messenger.EventsAsync(messenger.StartCursor, limit))
        {
            if (item is not MessageReceived { Message.Text: var text }) continue;
            times.Add(long.Parse(text.Split(' ')[1], CultureInfo.InvariantCulture));
            if (times.Count == messages) break;
        }
        return times;
    }

    private static async Task<Times> ReadAsync(CutReader reader, HttpResponseMessage first, int messages, CancellationToken limit)
    {
        var (times, seen, last) = (new Times(), new BitArray(messages), 0L);
        await reader.ReadAsync(
            first,
            data =>
            {
                if (!Utf8Parser.TryParse(data["{\"cursor\":".Length..], out long cursor, out _) || cursor <= last) throw new InvalidDataException($"An event came behind {last} that does not belong there.");
                last = cursor;
                if (data.IndexOf("\"text\":\""u8) is not (>= 0 and var text) || data.IndexOf("\"type\":\"message\""u8) < 0) return false;
                var content = data[(text + 8)..];
                if (!Utf8Parser.TryParse(content, out int number, out var length) || !Utf8Parser.TryParse(content[(length + 1)..], out long began, out _) || seen[number])
                    throw new InvalidDataException($"Message {number} came twice.");
                seen[number] = true;
                times.Add(began);
                return times.Count == messages;
            },
            limit);
        return times;
    }
}

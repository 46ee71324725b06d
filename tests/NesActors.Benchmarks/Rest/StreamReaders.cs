using System.Globalization;

namespace NesActors.Benchmarks.Rest;

/// <summary>The readers of <see cref="StreamRate"/>, in a process of their own.</summary>
internal static class StreamReaders
{
    private const int MeanBytes = 250_000;

    /// <summary>Says "ready" when all of them read, and at the end how they did.</summary>
    /// <param name="port">Of the gateway.</param>
    /// <param name="readers">How many.</param>
    /// <param name="first">How many messages come before those whose times count.</param>
    /// <param name="messages">How many messages each is to have, all in all.</param>
    /// <param name="after">The position behind which they begin.</param>
    public static async Task<int> RunAsync(int port, int readers, int first, int messages, long after)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(15));
        var secret = Environment.GetEnvironmentVariable("NES_TOKEN")!;
        var all = Enumerable.Range(0, readers).Select(number => (Reader: new RawReader(port, secret, new Random(number), MeanBytes, after, first), Begun: new TaskCompletionSource())).ToList();
        var reading = Task.WhenAll(all.Select(one => one.Reader.ReadAsync(messages, one.Begun, limit.Token)));
        await await Task.WhenAny(reading, Task.WhenAll(all.Select(one => one.Begun.Task)));
        Console.WriteLine("ready");
        await reading;
        var times = new Times();
        foreach (var (reader, _) in all) times.Add(reader.Times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all.Sum(one => one.Reader.Cuts)} cuts; from before its sealing to a reader: {times}"));
        // Until its processor time was looked at.
        await Console.In.ReadLineAsync(limit.Token);
        return 0;
    }
}

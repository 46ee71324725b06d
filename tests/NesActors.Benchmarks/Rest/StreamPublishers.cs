using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.RsaAes;
using NesActors.Testing;
using NesActors.Transport.Mqtt;

namespace NesActors.Benchmarks.Rest;

/// <summary>Those who write to the person of <see cref="StreamRate"/>, in a process of their own.</summary>
internal static class StreamPublishers
{
    /// <summary>How many.</summary>
    public const int Count = 8;

    /// <summary>Is given the recipient's record as JSON, answers with those of the publishers, and publishes some at each line that is a number, until one is none.</summary>
    /// <param name="broker">The broker's port on loopback.</param>
    /// <param name="rate">How many a second, all together.</param>
    public static async Task<int> RunAsync(int broker, int rate)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(15));
        var suite = new RsaAesSuite();
        var recipient = Read(await Line());
        var publishers = await Task.WhenAll(Enumerable.Range(0, Count).Select(number => Task.Run(async () =>
        {
            var (user, keys) = (Username.Parse($"publisher-{number}"), new MemoryKeyStore());
            suite.GenerateKeys(user, keys, new KeyGenerationOptions(), limit.Token);
            var publisher = new FramePublisher(suite.LoadIdentity(user, keys, TimeProvider.System), suite.ReadPeer(recipient), new MqttTransport());
            await publisher.ConnectAsync(new Uri($"mqtt://127.0.0.1:{broker}"), limit.Token);
            return publisher;
        })));
        Console.WriteLine(JsonSerializer.Serialize(publishers.Select(publisher => Write(publisher.Record))));
        while (int.TryParse(await Line(), CultureInfo.InvariantCulture, out var messages))
        {
            await Task.WhenAll(publishers.Select((publisher, number) => publisher.PublishAsync(
                messages / Count, (double)rate / Count, i => string.Create(CultureInfo.InvariantCulture, $"{(i * Count) + number} {Stopwatch.GetTimestamp()}"), limit.Token)));
        }
        foreach (var publisher in publishers) await publisher.DisposeAsync();
        return 0;

        async Task<string> Line() => await Console.In.ReadLineAsync(limit.Token) ?? throw new EndOfStreamException();
    }

    /// <summary>A record on one line.</summary>
    public static string Write(PublicRecord record) => JsonSerializer.Serialize(new Dictionary<string, string>(record.Entries) { [""] = record.User.Value });

    /// <summary>The record of such a line.</summary>
    public static PublicRecord Read(string line)
    {
        var entries = JsonSerializer.Deserialize<Dictionary<string, string>>(line)!;
        entries.Remove("", out var user);
        return new PublicRecord(Username.Parse(user!), entries);
    }
}

using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using NesActors.Contracts;
using NesActors.Core.Storage;
using NesActors.Core.Storage.Sqlite;

namespace NesActors.Benchmarks.Storage;

/// <summary>
/// How many messages a second the durable store takes in: frame into the spool, on the disk; then out of it, looked up among what was seen, sealed, stored
/// and logged, on the disk. Both are waited for, by many callers at once.
/// </summary>
internal static class StoreRate
{
    private const int Messages = 40_000;
    private static readonly int[] Callers = [1, 16, 256, 1024];

    /// <param name="args">The folder to measure in, if any: the disk counts.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var parent = args is [var place, ..] ? place : Path.GetTempPath();
        await MeasureAsync(parent, 1024, Messages); // so that all code is compiled
        foreach (var callers in Callers)
        {
            var rates = new List<double>();
            for (var run = 0; run < 3; run++) rates.Add(await MeasureAsync(parent, callers, callers == 1 ? Messages / 40 : Messages));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{callers,5} callers   {rates.Min(),8:F0}/s least   {rates.Order().ElementAt(1),8:F0}/s median"));
        }
        return 0;
    }

    private static async Task<double> MeasureAsync(string parent, int callers, int messages)
    {
        var folder = Path.Combine(parent, $"nes-store-{Guid.NewGuid():N}");
        try
        {
            await using var store = SqliteMessageStore.Open(folder, TimeProvider.System);
            var begin = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => ReceiveAsync(store, caller, messages / callers))));
            return messages / callers * callers / Stopwatch.GetElapsedTime(begin).TotalSeconds;
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task ReceiveAsync(SqliteMessageStore store, int caller, int messages)
    {
        var (me, contact) = (Username.Parse("ben"), Username.Parse($"contact-{caller % 10}"));
        var frame = RandomNumberGenerator.GetBytes(1024);
        for (var i = 0; i < messages; i++)
        {
            var hash = new byte[32];
            BinaryPrimitives.WriteInt64BigEndian(hash, ((long)caller << 32) | (uint)i);
            var id = (await store.SpoolAsync([frame], default))[0];
            var message = new Message(contact, me, DateTimeOffset.UnixEpoch, $"a text of some length, as people write them: {i}");
            _ = await store.ReceiveAsync(id, new ReceivedContent(message, SHA256.HashData(hash), false, false), default) ?? throw new InvalidOperationException("Seen before.");
        }
    }
}

using System.Buffers.Text;
using NesActors.Contracts;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

public sealed class ManyReadersTests
{
    private const int Readers = 200, Messages = 5000, MeanBytes = 100_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    [RealPartFact(GatewayLab.Program)]
    public async Task Two_hundred_readers_that_are_cut_at_random_lose_nothing_and_see_nothing_twice()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        // Who was cut off is noticed a little later, and holds a place until then.
        var gateway = await lab.ServeAsync(request => request with { Limits = request.Limits with { AreEnforced = false, Streams = 10 * Readers } }, "alice");
        var client = await gateway.AsAsync("alice", "read");
        var start = lab["alice"].Messenger.StartCursor;
        using var limit = new CancellationTokenSource(Patience);
        var half = new TaskCompletionSource();

        var readers = await Task.WhenAll(Enumerable.Range(0, Readers).Select(async number =>
        {
            var reader = new CutReader(client, new Random(number), MeanBytes, start);
            // Some come late, and have to catch up.
            return (Reader: reader, Reading: ReadAsync(reader, number % 10 == 0 ? null : await reader.ConnectAsync(limit.Token), half.Task, limit.Token));
        }));
        await PublishAsync(lab["bob"].Messenger, half, limit.Token);

        foreach (var (_, reading) in readers) Assert.Equal(Enumerable.Range(0, Messages), await reading);
        Assert.True(readers.Sum(reader => reader.Reader.Cuts) > Readers);
    }

    /// <summary>A thousand a second, as far as the machine can.</summary>
    private static async Task PublishAsync(IMessenger bob, TaskCompletionSource half, CancellationToken cancellation)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var i = 0; i < Messages; i++)
        {
            if (i % 10 == 0) await beat.WaitForNextTickAsync(cancellation);
            if (i == Messages / 2) half.SetResult();
            await bob.SendAsync(Username.Parse("alice"), $"{i}", cancellation);
        }
    }

    /// <returns>The numbers of the messages, as they came.</returns>
    private static async Task<List<int>> ReadAsync(CutReader reader, HttpResponseMessage? first, Task half, CancellationToken cancellation)
    {
        var numbers = new List<int>(Messages);
        if (first is null) await half.WaitAsync(cancellation);
        await reader.ReadAsync(
            first ?? await reader.ConnectAsync(cancellation),
            data =>
            {
                if (data.IndexOf("\"text\":\""u8) is var text and >= 0 && data.IndexOf("\"type\":\"message\""u8) >= 0)
                {
                    Assert.True(Utf8Parser.TryParse(data[(text + 8)..], out int number, out _));
                    numbers.Add(number);
                }
                return numbers is [.., Messages - 1];
            },
            cancellation);
        return numbers;
    }
}

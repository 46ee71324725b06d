using System.Buffers.Text;
using NesActors.Contracts;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;
using NesActors.Transport.Mqtt;

namespace NesActors.Rest.Tests;

public sealed class ManyReadersTests
{
    private const int Readers = 200, Messages = 5000, Rate = 1000, Publishers = 5, MeanBytes = 100_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    [RealPartFact(GatewayLab.Program)]
    public async Task Two_hundred_readers_that_are_cut_at_random_lose_nothing_and_see_nothing_twice()
    {
        await using var lab = await GatewayLab.StartAsync(FramePublisher.PatientBroker, "alice");
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
        await Task.WhenAll(Enumerable.Range(0, Publishers).Select(publisher => PublishAsync(lab, publisher, half, limit.Token)));

        var expected = Enumerable.Range(0, Publishers).SelectMany(publisher => Enumerable.Range(0, Messages / Publishers).Select(number => (publisher, number))).ToList();
        var all = await Task.WhenAll(readers.Select(reader => reader.Reading));
        Assert.Equal(expected, all[0].Order());
        Assert.All(all, read => Assert.Equal(all[0], read));
        Assert.True(readers.Sum(reader => reader.Reader.Cuts) > Readers);
    }

    /// <summary>One of several, who publish a thousand a second together, as far as the machine can.</summary>
    private static async Task PublishAsync(GatewayLab lab, int number, TaskCompletionSource half, CancellationToken cancellation)
    {
        var suite = new PlainSuite();
        var alice = PlainSuite.RecordOf(lab["alice"].User);
        lab.Directory.Shows($"publisher-{number}");
        await using var publisher = new FramePublisher(suite.IdentityOf(Username.Parse($"publisher-{number}")), suite.ReadPeer(alice), new MqttTransport());
        await publisher.ConnectAsync(lab.Broker.Address, cancellation);
        await publisher.PublishAsync(
            Messages / Publishers,
            (double)Rate / Publishers,
            i =>
            {
                if (i == Messages / Publishers / 2) half.TrySetResult();
                return $"{i} {number}";
            },
            cancellation);
    }

    /// <returns>The messages, as they came.</returns>
    private static async Task<List<(int Publisher, int Number)>> ReadAsync(CutReader reader, HttpResponseMessage? first, Task half, CancellationToken cancellation)
    {
        var messages = new List<(int, int)>(Messages);
        if (first is null) await half.WaitAsync(cancellation);
        await reader.ReadAsync(
            first ?? await reader.ConnectAsync(cancellation),
            data =>
            {
                if (data.IndexOf("\"text\":\""u8) is var text and >= 0 && data.IndexOf("\"type\":\"message\""u8) >= 0)
                {
                    var content = data[(text + 8)..];
                    Assert.True(Utf8Parser.TryParse(content, out int number, out var length));
                    messages.Add((content[length + 1] - '0', number));
                }
                return messages.Count == Messages;
            },
            cancellation);
        return messages;
    }
}

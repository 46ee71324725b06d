using NesActors.Benchmarks.Delivery;
using NesActors.Contracts;
using NesActors.Core.Storage.State;
using NesActors.Core.Tests.Doubles;
using NesActors.Core.Tests.Storage.State;
using NesActors.Testing;
using NesActors.Testing.Vectors;

namespace NesActors.Core.Tests.Session;

/// <summary>What carriers do to messages, and that it changes nothing for those who wrote and read them.</summary>
public sealed class LossTests : SessionSpec, IDisposable
{
    private readonly StateFolderFixture _place = new();
    private readonly string _hocon;

    public LossTests()
    {
        System.IO.Directory.CreateDirectory(_place.Folder);
        _hocon = Path.Combine(_place.Folder, "quick.hocon");
        File.WriteAllText(_hocon, "nes.delivery { resend-min = 50ms, resend-max = 200ms, confirm-delay = 5ms, confirm-interval = 20ms, gap-wait = 5m }");
    }

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_a_carrier_loses_repeats_and_disorders_is_read_once_in_order_and_delivered(int seed)
    {
        const int Count = 100;
        var network = new LossyNetwork(seed);
        var amy = (await StartAsync(VectorUser.Amy, network.Create, hocon: _hocon)).Messenger;
        var ben = (await StartAsync(VectorUser.Ben, network.Create, hocon: _hocon)).Messenger;
        foreach (var one in new[] { amy, ben }) await TakeAsync<ConnectionChanged>(one, 1, changed => changed.State == ConnectionState.Online);

        // They get to know each other first: what is lost before somebody is known to confirm is not missed.
        await MeetAsync(amy, ben);
        network.IsLossy = true;
        for (var i = 0; i < Count; i++)
        {
            await amy.SendAsync(ben.Me, $"{i}", default);
            await ben.SendAsync(amy.Me, $"{i}", default);
        }

        foreach (var one in new[] { amy, ben })
        {
            var received = await TakeAsync<MessageReceived>(one, Count, item => item.Message.Text != "hello");
            Assert.Equal(Enumerable.Range(0, Count).Select(i => $"{i}"), received.Select(item => item.Message.Text));
            await TakeAsync<MessageStateChanged>(one, Count, item => item.Message is { State: MessageState.Delivered, Text: not "hello" });
        }
        Assert.NotEqual(0, network.Lost);
    }

    [RealPartFact(MosquittoServer.Program)]
    public async Task Identities_that_write_to_one_another_at_once_receive_everything_once_in_order_and_delivered()
    {
        await using var broker = await MosquittoServer.StartAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        await Exchange.RunAsync(broker.Address, _place.Folder, identities: 3, messages: 100, limit.Token);
    }

    /// <summary>Each says hello, and the first again: who has heard the other is known to confirm.</summary>
    private static async Task MeetAsync(IMessenger amy, IMessenger ben)
    {
        foreach (var (from, to, count) in new[] { (amy, ben, 1), (ben, amy, 1), (amy, ben, 2) })
        {
            await from.SendAsync(to.Me, "hello", default);
            await TakeAsync<MessageReceived>(to, count, item => item.Message.Text == "hello");
        }
    }
}

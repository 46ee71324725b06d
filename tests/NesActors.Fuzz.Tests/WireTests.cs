using System.Text;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts.Crypto;
using NesActors.Fuzz.Sessions;
using NesActors.Testing;
using NesActors.Testing.Vectors;

namespace NesActors.Fuzz.Tests;

/// <summary>What is hostile, all the way: over a real broker, into a whole session.</summary>
public sealed class WireTests
{
    private const int Huge = 6;

    [RealPartFact(MosquittoServer.Program)]
    public async Task The_hostile_frames_of_the_vectors_are_dropped_each_and_a_valid_message_after_each_is_shown()
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var run = await BrokerRun.StartAsync(broker.Address, new FakeTimeProvider(FrameVectors.Now));

        foreach (var hostile in FrameVectors.Hostile)
        {
            await run.PublishAsync(Encoding.UTF8.GetBytes(hostile.Payload));
            await run.HearAmyAsync();
        }

        var status = await run.SettleAsync(status => status.Dropped.Values.Sum() == FrameVectors.Hostile.Count);
        Assert.Equal(FrameVectors.Hostile.Count + 1, status.Received);
        Assert.Equal(0, status.Spooled);
    }

    [RealPartFact(MosquittoServer.Program)]
    public Task What_is_far_too_large_is_kept_back_by_a_broker_of_MQTT_5() => SendHugeFramesAsync("5", reachTheSession: 0);

    [RealPartFact(MosquittoServer.Program)]
    public Task What_is_far_too_large_is_cut_and_dropped_where_the_broker_does_not_keep_it_back() => SendHugeFramesAsync("3.1.1", reachTheSession: Huge);

    private static async Task SendHugeFramesAsync(string protocol, int reachTheSession)
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var run = await BrokerRun.StartAsync(broker.Address, new FakeTimeProvider(FrameVectors.Now), protocol);
        var frame = new byte[10 << 20];
        await run.PublishAsync(frame);
        await run.HearAmyAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var i = 1; i < Huge; i++) await run.PublishAsync(frame);
        await run.HearAmyAsync();

        var status = await run.SettleAsync(status => status.Spooled == 0);
        Assert.Equal(reachTheSession, status.Dropped.GetValueOrDefault(DropReason.TooLarge));
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, frame.Length / 2);
    }
}

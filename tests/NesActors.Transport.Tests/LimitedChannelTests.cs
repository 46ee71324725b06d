using MQTTnet.Exceptions;
using MQTTnet.Implementations;
using NesActors.Mqtt.Wire;

namespace NesActors.Transport.Tests;

public sealed class LimitedChannelTests
{
    private const byte Publish = 0x34;
    private const byte PubRec = 0x50;
    private static readonly byte[] Ping = [0xD0, 0];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(300)]
    public async Task Passes_on_what_is_within_the_limit(int length)
    {
        byte[] sent = [.. Packet(Publish, length), .. Ping, .. Packet(PubRec, length), .. Ping];

        Assert.Equal(sent, await ReadAllAsync(sent, limit: 300, Oversize.CutPublish));
        Assert.Equal(sent, await ReadAllAsync(sent, limit: 300, Oversize.Break));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(20_000)]
    [InlineData(3_000_000)]
    public async Task Cuts_a_publish_that_is_larger_and_goes_on_behind_it(int length)
    {
        byte[] sent = [.. Ping, .. Packet(Publish, length), .. Ping];
        byte[] whole = Packet(Publish, length);
        byte[] expected = [.. Ping, .. Packet(Publish, 300)[..3], .. whole[^length..^(length - 300)], .. Ping];

        Assert.Equal(expected, await ReadAllAsync(sent, limit: 300, Oversize.CutPublish));
    }

    [Theory]
    [InlineData(PubRec, Oversize.CutPublish)]
    [InlineData(Publish, Oversize.Break)]
    [InlineData(PubRec, Oversize.Break)]
    public async Task Breaks_at_any_other_packet_that_is_larger(byte type, object oversize) =>
        await Assert.ThrowsAsync<MqttProtocolViolationException>(() => ReadAllAsync(Packet(type, 301), limit: 300, (Oversize)oversize));

    [Fact]
    public async Task Breaks_at_a_length_that_does_not_end() =>
        await Assert.ThrowsAsync<MqttProtocolViolationException>(() => ReadAllAsync([Publish, 0x80, 0x80, 0x80, 0x80, 0x01], limit: 300, Oversize.CutPublish));

    [Fact]
    public async Task Ends_where_the_connection_ends()
    {
        Assert.Empty(await ReadAllAsync([Publish], limit: 300, Oversize.CutPublish));
        Assert.Equal([Publish, 5, 1], await ReadAllAsync([Publish, 5, 1], limit: 300, Oversize.CutPublish));
        Assert.Equal(300 + 3, (await ReadAllAsync(Packet(Publish, 1000)[..400], limit: 300, Oversize.CutPublish)).Length);
    }

    [Fact]
    public async Task Lets_the_other_side_wait_while_there_is_no_place_for_another_message()
    {
        var places = new SemaphoreSlim(1);
        using var stream = new MemoryStream([.. Packet(Publish, 1), .. Ping, .. Packet(Publish, 1)]);
        using var channel = new LimitedChannel(new MqttTcpChannel(stream, null, null, null), 300, Oversize.CutPublish, places);
        var buffer = new byte[2];
        foreach (var count in (int[])[2, 1, 2]) Assert.Equal(count, await channel.ReadAsync(buffer, 0, 2, CancellationToken.None));

        var second = channel.ReadAsync(buffer, 0, 2, CancellationToken.None);
        Assert.False(second.IsCompleted);
        places.Release();
        Assert.Equal(2, await second.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    private static byte[] Packet(byte type, int length)
    {
        var packet = new List<byte> { type };
        var rest = length;
        do
        {
            packet.Add((byte)(rest % 128 + (rest >= 128 ? 128 : 0)));
            rest /= 128;
        }
        while (rest > 0);
        return [.. packet, .. Enumerable.Range(0, length).Select(value => (byte)value)];
    }

    private static async Task<byte[]> ReadAllAsync(byte[] sent, int limit, Oversize oversize)
    {
        using var stream = new MemoryStream(sent);
        using var channel = new LimitedChannel(new MqttTcpChannel(stream, null, null, null), limit, oversize);
        using var all = new MemoryStream();
        var buffer = new byte[64];
        // The first two bytes and then one at a time, as MQTTnet asks, and in pieces of any size.
        for (var (read, count) = (1, 2); read > 0; count = count % buffer.Length + 1)
        {
            read = await channel.ReadAsync(buffer, 0, count, CancellationToken.None);
            all.Write(buffer, 0, read);
        }
        return all.ToArray();
    }
}

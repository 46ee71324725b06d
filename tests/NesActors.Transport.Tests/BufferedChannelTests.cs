using MQTTnet.Implementations;
using NesActors.Mqtt.Wire;

namespace NesActors.Transport.Tests;

public sealed class BufferedChannelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10_000)]
    [InlineData(100_000)]
    public async Task Gives_the_same_bytes_in_any_steps_and_then_the_end(int step)
    {
        var sent = new byte[50_000];
        new Random(1).NextBytes(sent);
        using var stream = new MemoryStream(sent);
        using var channel = new BufferedChannel(new MqttTcpChannel(stream, null, null, null));
        using var all = new MemoryStream();
        var buffer = new byte[step];
        for (int read; (read = await channel.ReadAsync(buffer, 0, step, CancellationToken.None)) > 0;) all.Write(buffer, 0, read);

        Assert.Equal(sent, all.ToArray());
        Assert.Equal(0, await channel.ReadAsync(buffer, 0, step, CancellationToken.None));
    }
}

using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;
using NesActors.Mqtt.Wire;

namespace NesActors.Transport.Tests;

public sealed class WriteBehindTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HeldChannel _channel = new();

    [Fact]
    public async Task Writes_at_once_what_comes_alone()
    {
        using var buffered = new BufferedChannel(_channel);
        await WriteAsync(buffered, [1, 2, 3]);
        Assert.Equal([1, 2, 3], await _channel.NextAsync());
    }

    [Fact]
    public async Task Writes_together_and_in_order_what_comes_meanwhile()
    {
        using var buffered = new BufferedChannel(_channel);
        await WriteAsync(buffered, [1]);
        Assert.Equal([1], await _channel.NextAsync());
        await WriteAsync(buffered, [2]);
        await WriteAsync(buffered, [3, 4]);
        await WriteAsync(buffered, [5]);
        _channel.Pass();
        Assert.Equal([2, 3, 4, 5], await _channel.NextAsync());
    }

    [Fact]
    public async Task Loses_nothing_whatever_comes_when()
    {
        using var buffered = new BufferedChannel(_channel);
        var random = new Random(1);
        var sent = new byte[500_000];
        random.NextBytes(sent);
        var writing = Task.Run(async () =>
        {
            for (int from = 0, length; from < sent.Length; from += length)
            {
                length = Math.Min(random.Next(1, 2_000), sent.Length - from);
                await WriteAsync(buffered, sent[from..(from + length)]);
            }
        });
        var received = new List<byte>();
        while (received.Count < sent.Length)
        {
            received.AddRange(await _channel.NextAsync());
            _channel.Pass();
        }
        await writing;
        Assert.Equal(sent, received);
    }

    [Fact]
    public async Task Lets_the_writer_wait_while_there_is_no_room()
    {
        using var buffered = new BufferedChannel(_channel);
        await WriteAsync(buffered, [1]);
        await _channel.NextAsync();
        await WriteAsync(buffered, new byte[WriteBehind.Capacity]);
        var late = WriteAsync(buffered, [2]);
        Assert.False(late.IsCompleted);
        _channel.Pass();
        Assert.Equal(WriteBehind.Capacity, (await _channel.NextAsync()).Length);
        _channel.Pass();
        await late.WaitAsync(Patience);
        Assert.Equal([2], await _channel.NextAsync());
    }

    [Fact]
    public async Task A_wait_for_room_can_be_given_up()
    {
        using var buffered = new BufferedChannel(_channel);
        await WriteAsync(buffered, [1]);
        await _channel.NextAsync();
        await WriteAsync(buffered, new byte[WriteBehind.Capacity]);
        using var limit = new CancellationTokenSource();
        var late = buffered.WriteAsync(new ReadOnlySequence<byte>([2]), true, limit.Token);
        await limit.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late.WaitAsync(Patience));
    }

    [Fact]
    public async Task Whoever_writes_after_a_failure_is_told_of_it()
    {
        using var buffered = new BufferedChannel(_channel);
        await WriteAsync(buffered, [1]);
        await _channel.NextAsync();
        await WriteAsync(buffered, new byte[WriteBehind.Capacity]);
        var late = WriteAsync(buffered, [2]);
        _channel.Break();
        Assert.Equal("broken", (await Assert.ThrowsAsync<IOException>(() => late.WaitAsync(Patience))).Message);
        Assert.Equal("broken", (await Assert.ThrowsAsync<IOException>(() => WriteAsync(buffered, [3]))).Message);
    }

    [Fact]
    public async Task Writes_what_is_kept_before_it_disconnects()
    {
        using var buffered = new BufferedChannel(_channel);
        await WriteAsync(buffered, [1]);
        await _channel.NextAsync();
        await WriteAsync(buffered, [2]);
        var disconnecting = buffered.DisconnectAsync(CancellationToken.None);
        _channel.Pass();
        Assert.Equal([2], await _channel.NextAsync());
        Assert.False(_channel.IsDisconnected);
        _channel.Pass();
        await disconnecting.WaitAsync(Patience);
        Assert.True(_channel.IsDisconnected);
    }

    [Fact]
    public async Task Disconnects_without_what_cannot_leave()
    {
        using var buffered = new BufferedChannel(_channel);
        await WriteAsync(buffered, [1]);
        await _channel.NextAsync();
        using var limit = new CancellationTokenSource();
        var disconnecting = buffered.DisconnectAsync(limit.Token);
        Assert.False(disconnecting.IsCompleted);
        await limit.CancelAsync();
        await disconnecting.WaitAsync(Patience);
        Assert.True(_channel.IsDisconnected);
    }

    private static Task WriteAsync(BufferedChannel channel, byte[] bytes) => channel.WriteAsync(new ReadOnlySequence<byte>(bytes), true, CancellationToken.None);

    /// <summary>A channel whose writes are done when the test says so.</summary>
    private sealed class HeldChannel : IMqttChannel
    {
        private readonly System.Threading.Channels.Channel<byte[]> _written = System.Threading.Channels.Channel.CreateUnbounded<byte[]>();
        private readonly SemaphoreSlim _passes = new(0);
        private volatile bool _isBroken;

        public bool IsDisconnected { get; private set; }

        public X509Certificate2 ClientCertificate => throw new NotSupportedException();

        public EndPoint RemoteEndPoint => throw new NotSupportedException();

        public EndPoint LocalEndPoint => throw new NotSupportedException();

        public bool IsSecureConnection => false;

        /// <summary>What the next write brings, which then stands until <see cref="Pass"/>.</summary>
        public async Task<byte[]> NextAsync() => await _written.Reader.ReadAsync().AsTask().WaitAsync(Patience);

        public void Pass() => _passes.Release();

        public void Break()
        {
            _isBroken = true;
            Pass();
        }

        public async Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken)
        {
            Assert.True(_written.Writer.TryWrite(buffer.ToArray()));
            await _passes.WaitAsync(cancellationToken);
            if (_isBroken) throw new IOException("broken");
        }

        public Task DisconnectAsync(CancellationToken cancellationToken)
        {
            IsDisconnected = true;
            return Task.CompletedTask;
        }

        public Task ConnectAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Dispose() => _passes.Dispose();
    }
}

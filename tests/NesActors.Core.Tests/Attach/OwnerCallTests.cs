using System.Net.Sockets;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Attach;
using NesActors.Core.Attach.Wire;
using NesActors.Core.Tests.Session;
using NesActors.Testing.Vectors;
using NesActors.Transport.InMemory;

namespace NesActors.Core.Tests.Attach;

/// <summary>Calls of a process that runs the session, and answers as it should like to, waited for in the call and otherwise.</summary>
public sealed class OwnerCallTests : SessionSpec, IAsyncLifetime
{
    private readonly Owners _owners = new();
    private readonly string _folder;

    public OwnerCallTests() => _folder = _owners.NewFolder();

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await _owners.DisposeAsync();
    }

    [Fact]
    public async Task Who_waits_in_the_call_is_answered_when_it_comes_back()
    {
        await _owners.ShareAsync(await StartAsync(VectorUser.Amy, () => new InMemoryTransport(), $"memory://{Guid.NewGuid():N}"), _folder);
        using var attached = await AttachedMessenger.TryConnectAsync(_folder, default, waitsHere: true);
        var id = MessageId.New(Clock);
        Assert.True(attached!.SendAsync(id, VectorUser.Ben.Username, "at once", default).IsCompletedSuccessfully);
        var settled = attached.SettleAsync(id, Patience, default);
        Assert.True(settled.IsCompletedSuccessfully);
        Assert.Equal(MessageState.Published, (await settled).State);
        Assert.Equal("at once", Assert.Single(await attached.HistoryAsync(VectorUser.Ben.Username, null, null, 10, default)).Text);
        Assert.Equal(VectorUser.Amy.Username, (await attached.StatusAsync(default)).Me);
        await Assert.ThrowsAsync<KeyNotFoundException>(() => attached.SettleAsync(MessageId.New(Clock), Patience, default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wait_ends_when_it_is_cancelled(bool waitsHere)
    {
        using var owner = new ScriptedOwner(_folder);
        using var attached = await AttachAsync(owner, waitsHere);
        using var stop = new CancellationTokenSource();
        var call = Task.Run(() => attached.StatusAsync(stop.Token));
        using var asked = await owner.AcceptAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Patience));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wait_ends_when_the_messenger_is_disposed(bool waitsHere)
    {
        using var owner = new ScriptedOwner(_folder);
        using var attached = await AttachAsync(owner, waitsHere);
        var call = Task.Run(() => attached.StatusAsync(default));
        using var asked = await owner.AcceptAsync();
        attached.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => call.WaitAsync(Patience));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("", false)]
    [InlineData("HTTP/1.1 20", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n", true)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n\u0003be", true)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n\u0003be", false)]
    [InlineData("HTTP/1.1 500 Oh\r\n\r\n", true)]
    [InlineData("HTTP/1.1 400 Oh\r\n\r\n\u00ff", false)]
    [InlineData("SSH-2.0-none of ours, and no line ends here", true)]
    public async Task An_answer_that_breaks_off_or_is_none_means_that_the_owner_has_ended(string answer, bool waitsHere)
    {
        using var owner = new ScriptedOwner(_folder);
        using var attached = await AttachAsync(owner, waitsHere);
        var call = Task.Run(() => attached.StatusAsync(default));
        using (var asked = await owner.AcceptAsync()) await asked.SendAsync(System.Text.Encoding.Latin1.GetBytes(answer));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => call.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_head_without_end_is_not_read_for_ever()
    {
        using var owner = new ScriptedOwner(_folder);
        using var attached = await AttachAsync(owner, waitsHere: true);
        var call = Task.Run(() => attached.StatusAsync(default));
        using var asked = await owner.AcceptAsync();
        await asked.SendAsync(System.Text.Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nX: " + new string('x', 16 * 1024)));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => call.WaitAsync(Patience));
    }

    private async Task<AttachedMessenger> AttachAsync(ScriptedOwner owner, bool waitsHere)
    {
        var attaching = Task.Run(() => AttachedMessenger.TryConnectAsync(_folder, default, waitsHere));
        using (var asked = await owner.AcceptAsync())
        {
            using var greeting = new MemoryStream();
            greeting.Write("HTTP/1.1 200 OK\r\n\r\n"u8);
            using var writer = Fields.Writer(greeting);
            Greeting.Write(writer, new Greeting(new OwnerInfo(VectorUser.Amy.Username, "memory://x", "https://directory.example", 1, DateTimeOffset.UnixEpoch), 0, new Fingerprint(new string('a', 64))));
            await asked.SendAsync(greeting.ToArray());
        }
        var attached = await attaching.WaitAsync(Patience);
        Assert.NotNull(attached);
        return attached;
    }

    /// <summary>Listens where an owner would.</summary>
    private sealed class ScriptedOwner : IDisposable
    {
        private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

        public ScriptedOwner(string folder)
        {
            StateLock.TryTake(folder)!.Dispose();
            _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(folder, LocalSocket.Owner.FileName)));
            _listener.Listen();
        }

        /// <summary>The next call, when its request has begun to come.</summary>
        public async Task<Socket> AcceptAsync()
        {
            using var patience = new CancellationTokenSource(Patience);
            var asked = await _listener.AcceptAsync(patience.Token);
            await asked.ReceiveAsync(new byte[4096], SocketFlags.None, patience.Token);
            return asked;
        }

        public void Dispose() => _listener.Dispose();
    }
}

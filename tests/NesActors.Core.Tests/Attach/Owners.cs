using System.Net.Sockets;
using NesActors.Core.Attach;
using NesActors.Core.Hosting;
using NesActors.Core.Tests.Storage.State;

namespace NesActors.Core.Tests.Attach;

/// <summary>Owners of state folders, each with a socket of its own, and who is attached to them.</summary>
internal sealed class Owners : IAsyncDisposable
{
    private readonly List<StateFolderFixture> _places = [];
    private readonly List<IAsyncDisposable> _running = [];
    private readonly List<IDisposable> _held = [];

    public static OwnerInfo Info(NesHost host) => new(host.Messenger.Me, "memory://test", "https://directory.example", Environment.ProcessId, DateTimeOffset.UnixEpoch);

    public string NewFolder()
    {
        var place = new StateFolderFixture();
        _places.Add(place);
        return place.Folder;
    }

    public StateLock Take(string folder)
    {
        var held = StateLock.TryTake(folder);
        Assert.NotNull(held);
        _held.Add(held);
        return held;
    }

    public async Task<AttachServer> ShareAsync(NesHost host, string folder, CommandRunner? commands = null)
    {
        var server = await AttachServer.StartAsync(Take(folder), host, Info(host), default, commands: commands);
        _running.Add(server);
        return server;
    }

    public async Task<AttachedMessenger> AttachAsync(string folder)
    {
        var attached = await AttachedMessenger.TryConnectAsync(folder, default);
        Assert.NotNull(attached);
        _held.Insert(0, attached);
        return attached;
    }

    public static async Task<NetworkStream> OpenAsync(string folder)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(LocalSocket.Owner.Find(folder)!));
        return new NetworkStream(socket, ownsSocket: true);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var running in _running) await running.DisposeAsync();
        foreach (var held in _held) held.Dispose();
        foreach (var place in _places) place.Dispose();
    }
}

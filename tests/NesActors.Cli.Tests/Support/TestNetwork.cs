using System.Collections.Concurrent;
using NesActors.Broker;
using NesActors.Directory;

namespace NesActors.Cli.Tests.Support;

/// <summary>A broker and a key directory on loopback, real ones, for the tests of a class.</summary>
public sealed class TestNetwork : IAsyncLifetime
{
    private readonly string _data = System.IO.Directory.CreateTempSubdirectory("nes-cli-net-").FullName;
    private EmbeddedBroker? _broker;
    private DirectoryServer? _directory;

    public ConcurrentQueue<PublishedFrame> Frames { get; } = [];

    public string[] Options => ["-b", _broker!.Address.ToString(), "-p", _directory!.BaseAddress.ToString(), "-P", Path.Combine(_data, "directory.pub")];

    public string DirectoryAddress => _directory!.BaseAddress.ToString();

    public async Task InitializeAsync()
    {
        DirectoryKey.Create(Path.Combine(_data, "directory.key"), 2048);
        _broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Listen = new Uri("mqtt://127.0.0.1:0"), Published = Frames.Enqueue }, default);
        _directory = await DirectoryServer.StartAsync(
            new DirectoryOptions { Listen = new Uri("http://127.0.0.1:0"), DataFolder = _data, Activation = ActivationMode.None }, default);
    }

    public async Task DisposeAsync()
    {
        if (_directory is not null) await _directory.DisposeAsync();
        if (_broker is not null) await _broker.DisposeAsync();
        System.IO.Directory.Delete(_data, recursive: true);
    }
}

using NesActors.Broker;
using NesActors.Cli.Commands;
using NesActors.Contracts.Transport;
using NesActors.Directory;

namespace NesActors.Cli.Up;

/// <summary>An MQTT broker and a key directory that activates at once, both on loopback.</summary>
internal sealed class LocalNetwork : IAsyncDisposable
{
    /// <summary>Enough for a directory that nobody else sees; the 4096 bits of a real one take seconds to make.</summary>
    private const int DirectoryKeyBits = 2048;

    private readonly EmbeddedBroker _broker;
    private readonly DirectoryServer _directory;

    private LocalNetwork(EmbeddedBroker broker, DirectoryServer directory, string folder) => (_broker, _directory, Folder) = (broker, directory, folder);

    /// <summary>Where keys and state lie.</summary>
    public string Folder { get; }

    /// <summary>The broker's address.</summary>
    public Uri Broker => _broker.Address;

    /// <summary>The directory's address.</summary>
    public Uri Directory => _directory.BaseAddress;

    /// <summary>The file with the directory's public key.</summary>
    public string DirectoryKeyFile => Path.Combine(Folder, DirectoryKey.PublicFileName);

    /// <summary>How a session in this process connects.</summary>
    public TransportOptions Transport => new(Broker);

    /// <summary>Starts both, and says where they are.</summary>
    public static async Task<LocalNetwork> StartAsync(
        string folder, int brokerPort, int directoryPort, Invocation run, TextWriter output, CancellationToken cancellation)
    {
        var broker = await EmbeddedBroker.StartAsync(
            new EmbeddedBrokerOptions
            {
                Listen = new Uri($"mqtt://127.0.0.1:{brokerPort}"),
                Published = frame => output.WriteLine($"  on the wire  {FrameText.Of(frame)}"),
            },
            cancellation);
        try
        {
            var key = Path.Combine(folder, DirectoryKey.FileName);
            if (!File.Exists(key)) DirectoryKey.Create(key, DirectoryKeyBits);
            var directory = await DirectoryServer.StartAsync(
                new DirectoryOptions
                {
                    Listen = new Uri($"http://127.0.0.1:{directoryPort}"),
                    DataFolder = folder,
                    Activation = ActivationMode.None,
                    Limits = null,
                    Clock = run.Environment.Clock,
                    LoggerFactory = run.Logging,
                },
                cancellation);
            output.WriteLine($"broker         {broker.Address.ToString().TrimEnd('/')}");
            output.WriteLine($"key directory  {directory.BaseAddress.ToString().TrimEnd('/')}   its public key: {Path.Combine(folder, DirectoryKey.PublicFileName)}");
            output.WriteLine();
            return new LocalNetwork(broker, directory, folder);
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _directory.DisposeAsync();
        await _broker.DisposeAsync();
    }
}

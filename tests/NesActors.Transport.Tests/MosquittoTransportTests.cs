using NesActors.Contracts.Transport;
using NesActors.Testing;

namespace NesActors.Transport.Tests;

public abstract class MosquittoTransportSpec : MqttTransportSpec
{
    private MosquittoServer? _server;

    protected override string? SkipReason => RealParts.WhySkip(MosquittoServer.Program);

    protected override TransportOptions Options => new(_server!.Address);

    protected virtual MosquittoOptions ServerOptions => new();

    protected override async Task StartCarrierAsync() => _server = await MosquittoServer.StartAsync(ServerOptions);

    protected override async Task StopCarrierAsync()
    {
        if (_server is { } server) await server.DisposeAsync();
    }
}

public sealed class MosquittoTransportTests : MosquittoTransportSpec;

public sealed class MosquittoMqtt311TransportTests : MosquittoTransportSpec
{
    protected override TransportOptions Options => base.Options with { Extra = new Dictionary<string, string> { ["protocol"] = "3.1.1" } };
}

public sealed class MosquittoWebSocketTransportTests : MosquittoTransportSpec
{
    protected override MosquittoOptions ServerOptions => new() { WebSockets = true };
}

public sealed class MosquittoTlsTransportTests : MosquittoTransportSpec, IDisposable
{
    private readonly TestCertificates _certificates = TestCertificates.Create("127.0.0.1");

    protected override MosquittoOptions ServerOptions => new() { Tls = _certificates };

    protected override TransportOptions Options => base.Options with { Tls = new TransportTls(_certificates.CaFile) };

    public void Dispose() => _certificates.Dispose();
}

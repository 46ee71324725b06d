using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts.FrontEnd;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

/// <summary>A reader by HTTP/2 that holds the window of its stream shut (RFC 9113, 5.2), on a connection that goes on.</summary>
public sealed class SlowHttp2Tests : IDisposable
{
    private readonly TestCertificates _certificates = TestCertificates.Create("localhost", "127.0.0.1");
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    [RealPartFact(GatewayLab.Program)]
    public async Task A_stream_whose_window_is_held_shut_is_cut_off_and_can_resume_on_the_same_connection()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var network = new GatewayNetwork(new Uri("https://127.0.0.1:0")) { CertificateFile = _certificates.ServerFile, CertificateKeyFile = _certificates.ServerKeyFile };
        var gateway = await lab.ServeAsync(request => request with { Network = network, Clock = _clock }, "alice");
        using var connection = Connection(gateway, await gateway.TokenAsync("alice", "read"));
        using var stalled = await EventStream.OpenAsync(connection);
        Assert.Equal(HttpVersion.Version20, stalled.Answer.Version);
        using var other = await EventStream.OpenAsync(connection, stalled.LastId);

        // More than the window and what the server holds back of a stream.
        for (var i = 0; i < 16; i++) await lab["bob"].SendAsync("alice", $"text {i} {new string('\0', 60_000)}");
        await lab["bob"].SendAsync("alice", "the last");
        var all = await other.UntilAsync("the last");
        while (!gateway.Log.Any(line => line.Text.Contains("cut off", StringComparison.Ordinal)))
        {
            _clock.Advance(TimeSpan.FromSeconds(15));
            await other.BlockAsync();
        }

        var parts = new List<JsonElement>();
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (true) parts.Add(await stalled.NextAsync());
        });
        Assert.True(parts.Count < all.Count);
        using var resumed = await EventStream.OpenAsync(connection, stalled.LastId);
        parts.AddRange(await resumed.UntilAsync("the last"));
        Assert.Equal(all.Select(happened => happened.GetRawText()), parts.Select(happened => happened.GetRawText()));
    }

    public void Dispose() => _certificates.Dispose();

    /// <summary>Reads of a stream no more than its window until somebody takes it.</summary>
    private HttpClient Connection(LabGateway gateway, string secret)
    {
        var trust = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(_certificates.CaFile) },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        var client = new HttpClient(new SocketsHttpHandler { InitialHttp2StreamWindowSize = 65_535, SslOptions = { CertificateChainPolicy = trust } })
        {
            BaseAddress = gateway.Address,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }
}

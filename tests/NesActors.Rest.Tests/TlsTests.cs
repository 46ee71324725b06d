using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts.FrontEnd;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

public sealed class TlsTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly TestCertificates _first = TestCertificates.Create("localhost", "127.0.0.1", "chat.example.org");
    private readonly TestCertificates _second = TestCertificates.Create("localhost", "127.0.0.1");
    private readonly TestCertificates _expired = TestCertificates.CreateExpired("localhost", "127.0.0.1");

    [RealPartFact(GatewayLab.Program)]
    public async Task Serves_by_https_and_tells_this_machine_nothing_for_good()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync(request => request with { Network = Https(_first) with { Hosts = ["chat.example.org"] } }, "alice");
        using var client = Client(gateway, _first);

        using var here = await client.GetAsync("/");
        using var elsewhere = await client.AskAsync(HttpMethod.Get, "/", ("Host", "chat.example.org"));

        Assert.All([here, elsewhere], answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.False(here.Headers.Contains("Strict-Transport-Security"));
        Assert.True(elsewhere.Headers.Contains("Strict-Transport-Security"));
        Assert.Equal("https", gateway.Address.Scheme);
        await Assert.ThrowsAsync<HttpRequestException>(() => Client(gateway, _second).GetAsync("/"));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Speaks_both_versions_of_http()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync(request => request with { Network = Https(_first) }, "alice");
        using var client = Client(gateway, _first);

        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            using var answer = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/") { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact });
            Assert.Equal((HttpStatusCode.OK, version), (answer.StatusCode, answer.Version));
        }
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Streams_and_sockets_work_by_http_2()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync(request => request with { Network = Https(_first) }, "alice");
        using var client = Client(gateway, _first);
        (client.DefaultRequestVersion, client.DefaultVersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        var secret = await gateway.TokenAsync("alice", "read", "send");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        using var stream = await EventStream.OpenAsync(client);
        using var socket = await SocketClient.OpenByHttp2Async(gateway, secret, client);

        await lab["bob"].SendAsync("alice", "Good morning");
        await stream.UntilAsync("Good morning");
        await socket.UntilAsync("Good morning");
        await socket.SendAsync(new { type = "send", to = "bob", text = "Hello" });
        Assert.Equal("bob", (await socket.NextAsync("sent")).OneMessage().Text("to"));
        await socket.CloseAsync();
        await gateway.StopAsync();
        await stream.EndAsync();
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Refuses_to_start_with_a_certificate_that_cannot_be_used()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var damaged = _first.ServerFile + ".damaged";
        await File.WriteAllTextAsync(damaged, (await File.ReadAllTextAsync(_first.ServerFile)).Replace("MII", "MIJ", StringComparison.Ordinal));
        var empty = _first.ServerFile + ".empty";
        await File.WriteAllTextAsync(empty, "");
        GatewayNetwork[] bad =
        [
            Https(_first) with { CertificateKeyFile = null },
            Https(_first) with { CertificateKeyFile = _first.ServerKeyFile + ".none" },
            Https(_first) with { CertificateKeyFile = _second.ServerKeyFile },
            Https(_first) with { CertificateKeyFile = empty },
            Https(_first) with { CertificateFile = _first.ServerFile + ".none" },
            Https(_first) with { CertificateFile = damaged },
            Https(_first) with { CertificateFile = empty },
        ];

        foreach (var network in bad)
        {
            var refused = await Assert.ThrowsAsync<GatewayException>(() => lab.ServeAsync(request => request with { Network = network }, "alice"));
            Assert.Contains($"the certificate {network.CertificateFile} cannot be used: ", refused.Message, StringComparison.Ordinal);
        }
        await lab.ServeAsync("alice");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Takes_a_renewed_certificate_without_a_restart_and_keeps_the_last_good_one()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync(request => request with { Network = Https(_first), Clock = _clock }, "alice");
        await SeesAsync(gateway, _first);

        await File.WriteAllTextAsync(_first.ServerKeyFile, "damaged");
        _clock.Advance(TimeSpan.FromMinutes(1));
        await SeesAsync(gateway, _first);
        Assert.Single(gateway.Log, line => line.Level == LogSeverity.Warning && line.Text.Contains("cannot be used", StringComparison.Ordinal));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await SeesAsync(gateway, _first);
        Assert.Single(gateway.Log, line => line.Level == LogSeverity.Warning);

        File.Copy(_second.ServerFile, _first.ServerFile, overwrite: true);
        File.Copy(_second.ServerKeyFile, _first.ServerKeyFile, overwrite: true);
        await SeesAsync(gateway, _first);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await SeesAsync(gateway, _second);

        File.Delete(_first.ServerFile);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await SeesAsync(gateway, _second);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task An_expired_certificate_is_told_of_and_can_be_renewed()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync(request => request with { Network = Https(_expired), Clock = _clock }, "alice");

        Assert.Single(gateway.Log, line => line.Level == LogSeverity.Warning && line.Text.Contains("has expired", StringComparison.Ordinal));
        await Assert.ThrowsAsync<HttpRequestException>(() => Client(gateway, _expired).GetAsync("/"));

        File.Copy(_second.ServerFile, _expired.ServerFile, overwrite: true);
        File.Copy(_second.ServerKeyFile, _expired.ServerKeyFile, overwrite: true);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await SeesAsync(gateway, _second);
    }

    [RealPartFact(GatewayLab.Program, "openssl")]
    public async Task Speaks_no_version_of_TLS_before_1_2()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync(request => request with { Network = Https(_first) }, "alice");

        Assert.Contains("TLSv1.2", await HandshakeAsync(gateway, "-tls1_2"), StringComparison.Ordinal);
        Assert.Contains("TLSv1.3", await HandshakeAsync(gateway, "-tls1_3"), StringComparison.Ordinal);
        // Security level 0 lets the client offer it; the answer is the server's.
        Assert.Contains("alert protocol version", await HandshakeAsync(gateway, "-tls1_1", "-cipher", "ALL:@SECLEVEL=0"), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        _expired.Dispose();
    }

    private static GatewayNetwork Https(TestCertificates certificates) =>
        new(new Uri("https://127.0.0.1:0")) { CertificateFile = certificates.ServerFile, CertificateKeyFile = certificates.ServerKeyFile };

    private static async Task SeesAsync(LabGateway gateway, TestCertificates certificates)
    {
        using var client = Client(gateway, certificates);
        using var answer = await client.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>A client that trusts one authority alone.</summary>
    private static HttpClient Client(LabGateway gateway, TestCertificates certificates) => new(new SocketsHttpHandler
    {
        SslOptions =
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(certificates.CaFile) },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        },
    })
    { BaseAddress = gateway.Address };

    private static async Task<string> HandshakeAsync(LabGateway gateway, params string[] options)
    {
        using var openssl = Process.Start(new ProcessStartInfo(RealParts.Require("openssl"), ["s_client", "-brief", "-connect", gateway.Address.Authority, .. options])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        openssl.StandardInput.Close();
        var texts = await Task.WhenAll(openssl.StandardOutput.ReadToEndAsync(), openssl.StandardError.ReadToEndAsync());
        await openssl.WaitForExitAsync();
        return string.Concat(texts);
    }
}

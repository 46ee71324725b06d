using System.Net;
using System.Net.Sockets;
using NesActors.Broker;
using NesActors.Contracts.Transport;
using NesActors.PluginContracts.Transport;
using NesActors.Testing;

namespace NesActors.Transport.Tests;

public sealed class MqttConnectTests
{
    [RealPartFact("mosquitto")]
    public async Task Connects_with_the_right_password_alone()
    {
        await using var server = await MosquittoServer.StartAsync(new MosquittoOptions { Users = new Dictionary<string, string> { ["bob"] = "opensesame" } });
        var options = new TransportOptions(server.Address);

        await MqttRun.ConnectsAsync(options with { Credentials = new TransportCredentials("bob", "opensesame") });
        foreach (var protocol in (string[])["auto", "5", "3.1.1"])
        {
            var named = options with { Extra = new Dictionary<string, string> { ["protocol"] = protocol } };
            var error = await MqttRun.FailsAsync(TransportFailure.Refused, named with { Credentials = new TransportCredentials("bob", "wrong-secret") });
            Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
            await MqttRun.FailsAsync(TransportFailure.Refused, named with { Credentials = new TransportCredentials("mallory", "") });
            await MqttRun.FailsAsync(TransportFailure.Refused, named);
        }
    }

    [RealPartFact("mosquitto")]
    public async Task Trusts_the_given_authority_alone()
    {
        using var certificates = TestCertificates.Create("127.0.0.1", "localhost");
        using var others = TestCertificates.Create("127.0.0.1");
        foreach (var webSockets in (bool[])[false, true])
        {
            await using var server = await MosquittoServer.StartAsync(new MosquittoOptions { Tls = certificates, WebSockets = webSockets });
            var options = new TransportOptions(server.Address);

            await MqttRun.ConnectsAsync(options with { Tls = new TransportTls(certificates.CaFile) });
            var byName = new UriBuilder(server.Address) { Host = "localhost" }.Uri;
            await MqttRun.ConnectsAsync(options with { Address = byName, Tls = new TransportTls(certificates.CaFile) });
            Assert.Contains("authority", (await MqttRun.FailsAsync(TransportFailure.Untrusted, options)).Message, StringComparison.Ordinal);
            await MqttRun.FailsAsync(TransportFailure.Untrusted, options with { Tls = new TransportTls(others.CaFile) });
        }
    }

    [RealPartFact("mosquitto")]
    public async Task Refuses_a_certificate_of_another_host()
    {
        using var certificates = TestCertificates.Create("broker.example");
        foreach (var webSockets in (bool[])[false, true])
        {
            await using var server = await MosquittoServer.StartAsync(new MosquittoOptions { Tls = certificates, WebSockets = webSockets });
            foreach (var host in (string[])["127.0.0.1", "localhost"])
            {
                var options = new TransportOptions(new UriBuilder(server.Address) { Host = host }.Uri) { Tls = new TransportTls(certificates.CaFile) };
                Assert.Contains("another host", (await MqttRun.FailsAsync(TransportFailure.Untrusted, options)).Message, StringComparison.Ordinal);
            }
        }
    }

    [RealPartFact("mosquitto")]
    public async Task Refuses_a_certificate_that_has_expired()
    {
        using var certificates = TestCertificates.CreateExpired("127.0.0.1");
        await using var server = await MosquittoServer.StartAsync(new MosquittoOptions { Tls = certificates });

        var error = await MqttRun.FailsAsync(TransportFailure.Untrusted, new TransportOptions(server.Address) { Tls = new TransportTls(certificates.CaFile) });

        Assert.Contains("expired", error.Message, StringComparison.Ordinal);
    }

    [RealPartFact("mosquitto")]
    public async Task Shows_a_client_certificate_where_it_is_asked_for()
    {
        using var certificates = TestCertificates.Create("127.0.0.1");
        await using var server = await MosquittoServer.StartAsync(new MosquittoOptions { Tls = certificates, RequireClientCertificate = true });
        var options = new TransportOptions(server.Address);
        var both = Path.Combine(Path.GetDirectoryName(certificates.ClientFile)!, "both.pem");
        await File.WriteAllTextAsync(both, await File.ReadAllTextAsync(certificates.ClientFile) + await File.ReadAllTextAsync(certificates.ClientKeyFile));

        await MqttRun.ConnectsAsync(options with { Tls = new TransportTls(certificates.CaFile, certificates.ClientFile, certificates.ClientKeyFile) });
        await MqttRun.ConnectsAsync(options with { Tls = new TransportTls(certificates.CaFile, both) });
        var error = await MqttRun.FailsAsync(TransportFailure.Refused, options with { Tls = new TransportTls(certificates.CaFile) });
        Assert.Contains("client certificate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_which_file_is_not_what_it_should_be()
    {
        using var certificates = TestCertificates.Create("127.0.0.1");
        using var others = TestCertificates.Create("127.0.0.1");
        TransportTls[] wrong =
        [
            new("/no/such/ca.pem"),
            new(certificates.ServerKeyFile),
            new(null, "/no/such/client.pem"),
            new(null, certificates.ClientFile),
            new(null, certificates.ClientFile, others.ClientKeyFile),
            new(null, null, certificates.ClientKeyFile),
        ];

        foreach (var tls in wrong) await MqttRun.FailsAsync(TransportFailure.Misconfigured, new TransportOptions(new Uri("mqtts://127.0.0.1:1")) { Tls = tls });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Speaks_an_older_MQTT_to_an_older_broker(bool hangsUp)
    {
        await using var behind = await MqttRun.StartBrokerAsync();
        await using var old = new OldBroker(behind.Address.Port, hangsUp);

        await MqttRun.ConnectsAsync(new TransportOptions(old.Address));

        Assert.Equal([5, 4], old.Levels);
    }

    [Fact]
    public async Task Does_not_speak_an_older_MQTT_where_that_is_forbidden()
    {
        await using var behind = await MqttRun.StartBrokerAsync();
        await using var old = new OldBroker(behind.Address.Port, hangsUp: false);

        await Assert.ThrowsAsync<TransportException>(() => MqttRun.ConnectsAsync(
            new TransportOptions(old.Address) { Extra = new Dictionary<string, string> { ["protocol"] = "5" } }));

        Assert.Equal([5], old.Levels);
    }

    [Fact]
    public async Task Gives_up_on_a_broker_that_says_nothing()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;

        foreach (var scheme in (string[])["mqtt", "mqtts", "ws"])
        {
            var options = new TransportOptions(new Uri($"{scheme}://127.0.0.1:{port}")) { ConnectTimeout = TimeSpan.FromMilliseconds(200) };
            Assert.Contains("within 0.2 s", (await MqttRun.FailsAsync(TransportFailure.Unreachable, options)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Says_when_there_is_no_TLS_and_when_the_name_is_unknown()
    {
        await using var broker = await MqttRun.StartBrokerAsync();

        await MqttRun.FailsAsync(TransportFailure.Unreachable, new TransportOptions(new Uri($"mqtts://127.0.0.1:{broker.Address.Port}")));
        await MqttRun.FailsAsync(TransportFailure.Unreachable, new TransportOptions(new Uri($"ws://127.0.0.1:{broker.Address.Port}")));
        await MqttRun.FailsAsync(TransportFailure.Unreachable, new TransportOptions(new Uri("mqtt://no-such-host.invalid")));
    }

    [Fact]
    public async Task Ends_a_connection_attempt_that_is_cancelled()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var cancellation = new CancellationTokenSource();
        await using var transport = new Mqtt.MqttTransport();

        var connecting = transport.ConnectAsync(
            new TransportOptions(new Uri($"mqtt://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}")), _ => { }, cancellation.Token);
        using var accepted = await silent.AcceptTcpClientAsync();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.WaitAsync(TransportSpec.Patience));
    }
}

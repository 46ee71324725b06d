using NesActors.Contracts.Transport;
using NesActors.Transport.Mqtt;

namespace NesActors.Transport.Tests;

public sealed class MqttSettingsTests
{
    private static readonly TransportOptions Plain = new(new Uri("mqtt://example.org"));

    public static TheoryData<TransportOptions> Nonsense => new(
        Plain with { Extra = new Dictionary<string, string> { ["protocol"] = "4" } },
        Plain with { Extra = new Dictionary<string, string> { ["Protocol"] = "5" } },
        Plain with { SessionExpiry = TimeSpan.FromSeconds(-1) },
        Plain with { SessionExpiry = TimeSpan.FromSeconds(1) },
        Plain with { KeepAlive = TimeSpan.Zero },
        Plain with { KeepAlive = TimeSpan.FromDays(1) },
        Plain with { ConnectTimeout = TimeSpan.Zero },
        Plain with { Tls = new TransportTls("ca.pem") });

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void Refuses_what_makes_no_sense(TransportOptions options)
    {
        var error = Assert.Throws<TransportException>(() => MqttSettings.From(options));

        Assert.Equal(TransportFailure.Misconfigured, error.Failure);
    }

    [Fact]
    public void Makes_a_client_id_that_nobody_guesses_and_every_broker_takes()
    {
        var ids = Enumerable.Range(0, 100).Select(_ => MqttSettings.From(Plain).ClientId).ToArray();

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[0-9A-Za-z]{22}$", id));
    }

    [Theory]
    [InlineData("line one\nline two\u001b[2J\u202e", ": \"line one?line two?[2J?\"")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Quotes_what_a_broker_says_without_harm(string? said, string quoted) => Assert.Equal(quoted, BrokerText.Quote(said));

    [Fact]
    public void Cuts_what_a_broker_says_at_length() => Assert.True(BrokerText.Quote(new string('x', 100_000)).Length < 250);
}

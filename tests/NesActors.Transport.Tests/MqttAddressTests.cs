using NesActors.Contracts.Transport;
using NesActors.Transport.Mqtt;

namespace NesActors.Transport.Tests;

public sealed class MqttAddressTests
{
    [Theory]
    [InlineData("mqtt://example.org", "example.org", 1883, false, null)]
    [InlineData("tcp://example.org:1884/", "example.org", 1884, false, null)]
    [InlineData("mqtts://example.org", "example.org", 8883, true, null)]
    [InlineData("ssl://example.org", "example.org", 8883, true, null)]
    [InlineData("tls://[::1]:9", "::1", 9, true, null)]
    [InlineData("ws://example.org", "example.org", 80, false, "ws://example.org/")]
    [InlineData("ws://example.org:8080/mqtt?x=1", "example.org", 8080, false, "ws://example.org:8080/mqtt?x=1")]
    [InlineData("wss://example.org/mqtt", "example.org", 443, true, "wss://example.org/mqtt")]
    public void Reads_addresses_of_brokers(string text, string host, int port, bool useTls, string? webSocket)
    {
        var address = MqttAddress.Parse(new Uri(text));

        Assert.Equal((host, port, useTls, webSocket), (address.Host, address.Port, address.UseTls, address.WebSocket?.AbsoluteUri));
    }

    [Theory]
    [InlineData("http://example.org")]
    [InlineData("mqtt://user:secret@example.org")]
    [InlineData("mqtt://example.org/path")]
    [InlineData("mqtt://example.org?x=1")]
    [InlineData("mqtt://example.org:0")]
    [InlineData("ws://example.org/#part")]
    [InlineData("mqtt:example.org")]
    public void Refuses_what_is_no_address_of_a_broker(string text)
    {
        var error = Assert.Throws<TransportException>(() => MqttAddress.Parse(new Uri(text)));

        Assert.Equal(TransportFailure.Misconfigured, error.Failure);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nes/bob/message", "bob")]
    [InlineData("nes/bob/other", null)]
    [InlineData("nes/BOB/message", null)]
    [InlineData("nes/a/b/message", null)]
    [InlineData("nes/message", null)]
    [InlineData("xes/bob/message", null)]
    [InlineData("", null)]
    public void Knows_the_topics_of_mailboxes(string topic, string? mailbox) =>
        Assert.Equal(mailbox, Topics.TryParse(topic, out var name) ? name.Value : null);
}

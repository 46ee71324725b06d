using System.Net;
using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Webhooks;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests.Webhooks;

/// <summary>Whom a gateway does not call.</summary>
public sealed class RefusedAddressTests
{
    private static readonly IPAddress Elsewhere = IPAddress.Parse("2606:4700:4700::1111");
    private static readonly ConnectionChanged Happened = new(1, default, ConnectionState.Online, null);

    [RealPartFact(GatewayLab.Program)]
    public async Task A_receiver_on_this_machine_is_not_called_where_that_is_not_allowed_any_more()
    {
        await using var lab = await WebhookLab.StartAsync();
        var (numeric, _) = await lab.AddAsync();
        var named = (await lab.Alice.PostAsync("/v1/webhooks", Answers.Json(new { url = new UriBuilder(lab.Receiver.Address) { Host = "localhost" }.Uri })).JsonAsync(HttpStatusCode.Created)).GetProperty("webhook").Text("id")!;
        await lab.ServeAsync(mayCallPrivateAddresses: false);
        await lab.SayAsync("hello");

        foreach (var id in new[] { numeric, named })
        {
            var delivery = await lab.TriedAsync(id, 1);
            Assert.Equal("address_refused", delivery.Text("failure"));
            Assert.Contains("private network", delivery.Text("detail"));
        }
        Assert.False(lab.Receiver.HasMore);
        await lab.Alice.PostAsync("/v1/webhooks", Answers.Json(new { url = lab.Receiver.Address })).ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    public async Task A_name_that_leads_to_this_machine_is_refused_also_where_it_leads_elsewhere_too(string address)
    {
        await using var receiver = await WebhookReceiver.StartAsync();

        Assert.Equal(AttemptFailures.AddressRefused, await CallAsync(receiver, mayBePrivate: false, [IPAddress.Parse(address)]));
        Assert.Equal(AttemptFailures.AddressRefused, await CallAsync(receiver, mayBePrivate: false, [Elsewhere, IPAddress.Parse(address)]));
        Assert.Equal(AttemptFailures.AddressRefused, await CallAsync(receiver, mayBePrivate: false, [IPAddress.Parse(address), Elsewhere]));
        Assert.False(receiver.HasMore);
    }

    [Fact]
    public async Task A_name_is_looked_at_again_at_each_connection()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        // The first connection is ended by the receiver, the second goes where the name leads by then.
        receiver.Answer = (_, context) =>
        {
            context.Response.Headers.Connection = "close";
            return WebhookReceiver.WithAsync(context, 204);
        };
        var asked = 0;
        var isPublic = true;
        using var client = ClientOf(mayBePrivate: true, _ => asked++ == 0 ? [IPAddress.Loopback] : throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound));
        using var strict = ClientOf(mayBePrivate: false, _ => isPublic ? [] : [IPAddress.Loopback]);

        Assert.Equal(AttemptOutcome.Taken, (await SendAsync(client, receiver)).Outcome);
        Assert.Equal(AttemptFailures.NameNotFound, (await SendAsync(client, receiver)).Failure);
        Assert.Equal(AttemptFailures.NameNotFound, (await SendAsync(strict, receiver)).Failure);
        isPublic = false;
        Assert.Equal(AttemptFailures.AddressRefused, (await SendAsync(strict, receiver)).Failure);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Where_it_is_allowed_this_machine_is_called_by_the_first_address_that_answers()
    {
        await using var receiver = await WebhookReceiver.StartAsync();

        Assert.Equal("", await CallAsync(receiver, mayBePrivate: true, [IPAddress.Parse("127.0.0.2"), IPAddress.Loopback]));
        await receiver.NextAsync();
    }

    private static async Task<string> CallAsync(WebhookReceiver receiver, bool mayBePrivate, IPAddress[] addresses)
    {
        using var client = ClientOf(mayBePrivate, _ => addresses);
        return (await SendAsync(client, receiver)).Failure;
    }

    private static WebhookClient ClientOf(bool mayBePrivate, Func<string, IPAddress[]> addresses) =>
        new(new CheckedConnector(mayBePrivate, (host, _) => Task.FromResult(addresses(host))), "1.2.3", TimeProvider.System);

    private static Task<Attempt> SendAsync(WebhookClient client, WebhookReceiver receiver) => client.SendAsync(
        new Webhook("id", new UriBuilder(receiver.Address) { Host = "receiver.example" }.Uri, EventTypes.All, default), [WebhookSecret.New()], Happened, default);
}

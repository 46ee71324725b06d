using NesActors.Contracts;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests.Description;

public sealed class GeneratedClientTests
{
    [RealPartFact(GatewayLab.Program)]
    public async Task A_client_made_from_the_description_sends_and_reads()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        var http = await gateway.AsAsync("alice", "send", "read");
        var client = await GeneratedClient.MakeAsync(await gateway.Anonymous().GetStringAsync("/openapi/v1.json"), http);

        var sent = await client.CallAsync("sendMessage", ("wait", "published"), ("body", client.New("NewMessage", ("To", "bob"), ("Text", "from a stranger's program"))));

        var message = Assert.Single((IEnumerable<dynamic>)sent!.Messages);
        Assert.Equal("Published", message.State.ToString());
        var arrived = await lab["bob"].EventAsync<MessageReceived>(_ => true);
        Assert.Equal("from a stranger's program", arrived.Message.Text);
        await lab["bob"].Messenger.SendAsync(lab["alice"].User, "and back", default);
        await lab["alice"].EventAsync<MessageReceived>(_ => true);
        var read = await client.CallAsync("listMessages", ("name", "bob"), ("limit", "10"));
        Assert.Equal(["from a stranger's program", "and back"], ((IEnumerable<dynamic>)read!.Messages).Select(one => (string)one.Text));
        Assert.Equal("Accepted", (await client.CallAsync("getContact", ("name", "bob")))!.Standing.ToString());
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task It_is_told_what_went_wrong()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");
        var client = await GeneratedClient.MakeAsync(await gateway.Anonymous().GetStringAsync("/openapi/v1.json"), await gateway.AsAsync("alice", "send"));

        dynamic refused = await Assert.ThrowsAnyAsync<Exception>(() => client.CallAsync("sendMessage", ("wait", "published"), ("body", client.New("NewMessage", ("To", "nobody"), ("Text", "hello")))));

        Assert.Equal((404, "unknown_user"), ((int)refused.StatusCode, (string)refused.Result.Code));
    }
}

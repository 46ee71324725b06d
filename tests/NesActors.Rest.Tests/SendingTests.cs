using System.Net;
using System.Text;
using NesActors.Contracts;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

public sealed class SendingTests
{
    [RealPartFact(GatewayLab.Program)]
    public async Task Sends_to_one_and_says_that_it_is_written_down()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "send");

        var sent = await client.PostAsync("/v1/messages", Answers.Json(new { to = "bob", text = "hello" })).JsonAsync(HttpStatusCode.Accepted);

        var message = Assert.Single(sent.GetProperty("messages").EnumerateArray());
        Assert.Equal(("bob", "queued"), (message.GetProperty("to").GetString(), message.GetProperty("state").GetString()));
        var received = await lab["bob"].EventAsync<MessageReceived>(_ => true);
        Assert.Equal(("alice", "hello"), (received.Message.Contact.Value, received.Message.Text));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Waits_until_the_recipient_has_confirmed_it()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "send");
        await lab["bob"].Messenger.SendAsync(Username.Parse("alice"), "hello", default);
        await lab["alice"].EventAsync<MessageReceived>(_ => true);

        var sent = await client.PostAsync("/v1/messages?wait=delivered&timeout=60", Answers.Json(new { to = "bob", text = "hello" })).JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal("delivered", Assert.Single(sent.GetProperty("messages").EnumerateArray()).GetProperty("state").GetString());
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Takes_a_text_as_it_is()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob", "carol");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "send");
        var text = "first line\nsecond <b>line</b> é\n";

        var sent = await client.PostAsync("/v1/messages?to=bob&to=carol&wait=published", new StringContent(text, Encoding.UTF8, "text/plain")).JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal([("bob", "published"), ("carol", "published")], sent.GetProperty("messages").EnumerateArray().Select(one => (one.GetProperty("to").GetString(), one.GetProperty("state").GetString())));
        Assert.Equal(text, (await lab["bob"].EventAsync<MessageReceived>(_ => true)).Message.Text);
        Assert.Equal(text, (await lab["carol"].EventAsync<MessageReceived>(_ => true)).Message.Text);
    }
}

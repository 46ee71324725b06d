using System.Net;
using NesActors.Contracts;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

/// <summary>A retry at the next process, where the first was killed in the middle of a request.</summary>
public sealed class KilledGatewayTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nes-rest-killed-");

    public void Dispose() => _folder.Delete(recursive: true);

    [RealPartFact(GatewayLab.Program)]
    public Task Killed_before_the_message_was_written_down_it_is_sent_once() => SendAcrossAKillAsync("before");

    [RealPartFact(GatewayLab.Program)]
    public Task Killed_after_the_message_was_written_down_it_is_sent_once() => SendAcrossAKillAsync("after");

    private async Task SendAcrossAKillAsync(string stops)
    {
        await using var lab = await GatewayLab.StartAsync("bob");
        lab.Directory.Shows("alice");
        var state = Path.Combine(_folder.FullName, "alice.state");
        await using (var killed = await RestHostProcess.StartAsync(state, lab.Broker.Address, stops))
        {
            using var client = killed.Client();
            var asked = client.SendOnceAsync("order-1", "bob", "once");
            await killed.SaysAsync("stopped");
            await killed.KillAsync();
            await Assert.ThrowsAsync<HttpRequestException>(() => asked);
        }

        await using var next = await RestHostProcess.StartAsync(state, lab.Broker.Address, "never");
        using var retrying = next.Client();
        var first = await retrying.SendOnceAsync("order-1", "bob", "once").JsonAsync(HttpStatusCode.Accepted);
        var second = await retrying.SendOnceAsync("order-1", "bob", "once").JsonAsync(HttpStatusCode.Accepted);
        await retrying.SendOnceAsync("order-1", "bob", "twice").ProblemAsync(HttpStatusCode.Conflict, "idempotency_conflict");
        await retrying.SendTextAsync("bob", "the last").JsonAsync(HttpStatusCode.Accepted);

        await lab["bob"].EventAsync<MessageReceived>(received => received.Message.Text == "the last");
        var arrived = await lab["bob"].Messenger.HistoryAsync(Username.Parse("alice"), null, null, 10, default);
        var sent = await retrying.GetAsync("/v1/conversations/bob/messages").JsonAsync();
        Assert.Equal(["once", "the last"], arrived.Select(message => message.Text));
        Assert.Equal(first.GetRawText(), second.GetRawText());
        Assert.Equal(first.OneMessage().Text("id"), sent.GetProperty("messages")[0].Text("id"));
        Assert.Equal(2, sent.GetProperty("messages").GetArrayLength());
    }
}

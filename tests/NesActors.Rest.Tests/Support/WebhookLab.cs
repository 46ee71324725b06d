using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Rest.Tests.Support;

/// <summary>Alice, whose gateway tells a receiver of events by a clock that stands still, and Bob, who writes to her.</summary>
internal sealed class WebhookLab : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private WebhookLab(GatewayLab people, WebhookReceiver receiver) => (People, Receiver) = (people, receiver);

    public GatewayLab People { get; }

    public WebhookReceiver Receiver { get; }

    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    public LabGateway Gateway { get; private set; } = null!;

    /// <summary>Alice, by her socket.</summary>
    public HttpClient Alice { get; private set; } = null!;

    public static async Task<WebhookLab> StartAsync()
    {
        var lab = new WebhookLab(await GatewayLab.StartAsync("alice", "bob"), await WebhookReceiver.StartAsync());
        await lab.ServeAsync();
        return lab;
    }

    /// <summary>Serves alice; where somebody does already, that ends.</summary>
    public async Task ServeAsync(bool mayCallPrivateAddresses = true)
    {
        await StopAsync();
        Gateway = await People.ServeAsync(request => request with { Clock = Clock, MayCallPrivateAddresses = mayCallPrivateAddresses, ProgramVersion = "1.2.3" }, "alice");
        Alice = Gateway.BySocket("alice");
    }

    /// <summary>Ends the gateway; the session goes on.</summary>
    public async Task StopAsync()
    {
        if (Gateway is null) return;
        Alice.Dispose();
        await Gateway.DisposeAsync();
    }

    /// <summary>Registers the receiver.</summary>
    /// <returns>The webhook's id and its secret.</returns>
    public async Task<(string Id, string Secret)> AddAsync(params string[] events)
    {
        object wanted = events.Length == 0 ? new { url = Receiver.Address } : new { url = Receiver.Address, events };
        var made = await Alice.PostAsync("/v1/webhooks", Answers.Json(wanted)).JsonAsync(HttpStatusCode.Created);
        return (made.GetProperty("webhook").Text("id")!, made.Text("secret")!);
    }

    /// <summary>Bob writes to alice; when the task ends, she has it.</summary>
    public async Task<Contracts.MessageReceived> SayAsync(string text)
    {
        await People["bob"].Messenger.SendAsync(People["alice"].User, text, default);
        return await People["alice"].EventAsync<Contracts.MessageReceived>(received => received.Message.Text == text);
    }

    /// <summary>A webhook, as soon as it is as expected.</summary>
    public Task<JsonElement> WebhookAsync(string id, Func<JsonElement, bool> isIt) => UntilAsync($"/v1/webhooks/{id}", isIt);

    /// <summary>What a receiver has not taken, as soon as it is as expected.</summary>
    public async Task<IReadOnlyList<JsonElement>> DeliveriesAsync(string id, Func<IReadOnlyList<JsonElement>, bool> areThey) =>
        [.. (await UntilAsync($"/v1/webhooks/{id}/deliveries", answer => areThey([.. answer.GetProperty("deliveries").EnumerateArray()]))).GetProperty("deliveries").EnumerateArray()];

    /// <summary>The one event that was not taken, as soon as it was tried so often.</summary>
    public async Task<JsonElement> TriedAsync(string id, int attempts) => Assert.Single(await DeliveriesAsync(id, all => all is [var one] && one.GetProperty("attempts").GetInt32() == attempts));

    /// <summary>Lets the time come when an event is tried again.</summary>
    public void GoTo(JsonElement delivery) => Clock.SetUtcNow(delivery.GetProperty("next_at").GetDateTimeOffset());

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await People.DisposeAsync();
        await Receiver.DisposeAsync();
    }

    private async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> isIt)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var answer = await Alice.GetAsync(path, CancellationToken.None).JsonAsync();
            if (isIt(answer)) return answer;
            Assert.False(limit.IsCancellationRequested, $"It stays like this: {answer}");
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using NesActors.Contracts;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests.Webhooks;

/// <summary>What a receiver is told, and how it knows who tells it.</summary>
public sealed class WebhookTests
{
    [RealPartFact(GatewayLab.Program)]
    public async Task Tells_a_receiver_of_what_arrived_and_signs_it()
    {
        await using var lab = await WebhookLab.StartAsync();
        var (id, secret) = await lab.AddAsync();
        var received = await lab.SayAsync("hello \u202e <b> \0 żółć");

        var told = await lab.Receiver.NextAsync();

        Assert.Equal("POST /hook?key=of-the-person", told.Line);
        Assert.Equal($"msg_{id}_{received.Cursor}", told.Id);
        Assert.Equal(lab.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(), told.Headers["webhook-timestamp"]);
        Assert.Equal([$"v1,{Signature(secret, told)}"], told.Headers["webhook-signature"].Split(' '));
        Assert.Equal(("application/json", "NesActors/1.2.3"), (told.Headers["Content-Type"], told.Headers["User-Agent"]));
        Assert.Equal(("message", received.Cursor, received.Message.Text), (told.Type, told.Json.GetProperty("cursor").GetInt64(), told.Text));
        Assert.All(told.Body, character => Assert.InRange(character, (byte)' ', (byte)'~'));
        var webhook = await lab.WebhookAsync(id, one => one.TryGetProperty("delivered_at", out _));
        Assert.Equal((0, 0), (webhook.GetProperty("pending").GetInt32(), webhook.GetProperty("dead").GetInt32()));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Tells_each_receiver_of_what_it_asked_for()
    {
        await using var lab = await WebhookLab.StartAsync();
        await lab.AddAsync("state", "contact");
        await lab.SayAsync("hello");
        await lab.Alice.SendTextAsync("bob", "hello to you", "?wait=delivered").JsonAsync(System.Net.HttpStatusCode.Accepted);

        var told = new List<Told>();
        while (told.LastOrDefault()?.Json is not { } last || !last.TryGetProperty("message", out var message) || message.Text("state") != "delivered") told.Add(await lab.Receiver.NextAsync());

        Assert.Equal(["contact", "state"], told.Select(one => one.Type).Distinct().Order());
        Assert.Equal("bob", told.First(one => one.Type == "contact").Json.GetProperty("contact").Text("user"));
        Assert.Equal(told.Select(one => one.Cursor).Order(), told.Select(one => one.Cursor));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Tells_of_the_connection()
    {
        await using var lab = await WebhookLab.StartAsync();
        await lab.AddAsync("connection");
        await lab.People.Broker.DisposeAsync();

        var told = await lab.Receiver.NextAsync();

        Assert.Equal(("connection", "reconnecting"), (told.Type, told.Json.GetProperty("connection").Text("state")));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Begins_with_what_happens_after_it_was_registered()
    {
        await using var lab = await WebhookLab.StartAsync();
        await lab.SayAsync("early");
        await lab.AddAsync();
        await lab.SayAsync("late");

        Assert.Equal("late", (await lab.Receiver.NextAsync()).Text);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_new_secret_signs_beside_the_old_one_for_a_day()
    {
        await using var lab = await WebhookLab.StartAsync();
        var (id, first) = await lab.AddAsync();
        var second = (await lab.Alice.PostAsync($"/v1/webhooks/{id}/secret", null).JsonAsync()).Text("secret")!;
        await lab.SayAsync("one");
        var both = await lab.Receiver.NextAsync();
        await lab.WebhookAsync(id, one => one.TryGetProperty("delivered_at", out _));
        lab.Clock.Advance(TimeSpan.FromHours(24));
        await lab.SayAsync("two");
        var alone = await lab.Receiver.NextAsync();

        Assert.NotEqual(first, second);
        Assert.Equal([$"v1,{Signature(second, both)}", $"v1,{Signature(first, both)}"], both.Headers["webhook-signature"].Split(' '));
        Assert.Equal([$"v1,{Signature(second, alone)}"], alone.Headers["webhook-signature"].Split(' '));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task An_old_secret_is_erased_as_soon_as_it_signs_no_longer()
    {
        await using var lab = await WebhookLab.StartAsync();
        var ids = new[] { (await lab.AddAsync()).Id, (await lab.AddAsync()).Id };
        await lab.Alice.PostAsync($"/v1/webhooks/{ids[0]}/secret", null).JsonAsync();
        lab.Clock.Advance(TimeSpan.FromHours(1));
        await lab.Alice.PostAsync($"/v1/webhooks/{ids[1]}/secret", null).JsonAsync();
        Assert.Equal(2, OldSecrets(lab));

        lab.Clock.Advance(TimeSpan.FromHours(23));
        await UntilAsync(lab, 1);
        lab.Clock.Advance(TimeSpan.FromHours(1));
        await UntilAsync(lab, 0);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Of_a_long_answer_nothing_is_read()
    {
        await using var lab = await WebhookLab.StartAsync();
        var ended = new TaskCompletionSource();
        lab.Receiver.Answer = async (_, context) =>
        {
            context.RequestAborted.Register(ended.SetResult);
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(new byte[64 * 1024], CancellationToken.None);
        };
        var (id, _) = await lab.AddAsync();
        await lab.SayAsync("hello");

        await lab.WebhookAsync(id, one => one.TryGetProperty("delivered_at", out _));
        await ended.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task One_receiver_that_stalls_keeps_no_other_waiting()
    {
        await using var lab = await WebhookLab.StartAsync();
        await using var other = await WebhookReceiver.StartAsync();
        lab.Receiver.Answer = (_, context) => WebhookReceiver.StallAsync(context);
        await lab.AddAsync();
        await lab.Alice.PostAsync("/v1/webhooks", Answers.Json(new { url = other.Address })).JsonAsync(System.Net.HttpStatusCode.Created);
        await lab.SayAsync("hello");
        await lab.Receiver.NextAsync();

        Assert.Equal("hello", (await other.NextAsync()).Text);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Neither_secret_nor_address_nor_text_is_told_where_it_does_not_belong()
    {
        await using var lab = await WebhookLab.StartAsync();
        var (id, secret) = await lab.AddAsync();
        lab.Receiver.Answers(StatusCodes.Status500InternalServerError);
        await lab.SayAsync("the-secret-word");
        var delivery = await lab.TriedAsync(id, 1);
        lab.Receiver.Answers(StatusCodes.Status410Gone);
        lab.GoTo(delivery);
        var shown = (await lab.WebhookAsync(id, one => one.Text("status") == "gone")).ToString() + delivery + await lab.Alice.GetStringAsync("/v1/webhooks");
        await lab.StopAsync();

        Assert.DoesNotContain(secret["whsec_".Length..], shown);
        Assert.DoesNotContain("the-secret-word", shown);
        var logged = string.Join('\n', lab.Gateway.Log.Select(line => $"{line.Text} {line.Error}"));
        Assert.Contains(id, logged);
        Assert.All([secret["whsec_".Length..], "the-secret-word", "of-the-person"], word => Assert.DoesNotContain(word, logged));
        foreach (var file in Directory.GetFiles(lab.People["alice"].Place.Folder, "gateway.db*"))
            Assert.Equal(-1, (await File.ReadAllBytesAsync(file)).AsSpan().IndexOf("the-secret-word"u8));
    }

    /// <summary>As the specification "Standard Webhooks" says it, made by other means than the gateway's.</summary>
    private static long OldSecrets(WebhookLab lab)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(lab.People["alice"].Place.Folder, "gateway.db")};Mode=ReadOnly;Pooling=False");
        return connection.ExecuteScalar<long>("SELECT count(old_secret) FROM webhooks");
    }

    /// <summary>Waits until so many are left, asking for something else meanwhile.</summary>
    private static async Task UntilAsync(WebhookLab lab, long count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (OldSecrets(lab) != count) await lab.Alice.GetAsync("/v1/webhooks", limit.Token).JsonAsync();
    }

    private static string Signature(string secret, Told told)
    {
        Assert.StartsWith("whsec_", secret);
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        Assert.Equal(32, key.Length);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{told.Id}.{told.Headers["webhook-timestamp"]}."), .. told.Body];
        return Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }
}

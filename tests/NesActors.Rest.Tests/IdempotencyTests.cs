using System.Net;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Sending.Idempotency;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

/// <summary>The same request made again under its key.</summary>
public sealed class IdempotencyTests
{
    [RealPartFact(GatewayLab.Program)]
    public async Task A_retry_gets_the_first_answer_and_sends_nothing()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        var secret = await gateway.TokenAsync("alice", "send");

        var first = await gateway.With(secret).SendOnceAsync("order-1", "bob", "once").JsonAsync(HttpStatusCode.Accepted);
        var second = await gateway.With(secret).SendOnceAsync("order-1", "bob", "once").JsonAsync(HttpStatusCode.Accepted);
        await gateway.DisposeAsync();
        var third = await (await lab.ServeAsync("alice")).With(secret).SendOnceAsync("order-1", "bob", "once").JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal(first.GetRawText(), second.GetRawText());
        Assert.Equal(first.GetRawText(), third.GetRawText());
        Assert.Single(await HistoryAsync(lab));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_retry_gets_the_first_answer_though_the_message_has_come_further()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "send", "admin");
        string[] both = ["bob", "nobody"];
        var first = await client.SendOnceAsync("order-1", both, "once", "?wait=published").JsonAsync(HttpStatusCode.Accepted);
        var failed = await client.SendOnceAsync("order-2", "nobody", "once", "?wait=published").ProblemAsync(HttpStatusCode.NotFound, "unknown_user");
        await client.DeleteAsync($"/v1/messages/{first.GetProperty("messages")[0].Text("id")}").EmptyAsync();
        lab.Directory.Shows("nobody");

        var second = await client.SendOnceAsync("order-1", both, "once", "?wait=published&timeout=7").JsonAsync(HttpStatusCode.Accepted);
        var failedAgain = await client.SendOnceAsync("order-2", "nobody", "once", "?wait=published").ProblemAsync(HttpStatusCode.NotFound, "unknown_user");

        Assert.Equal(first.GetRawText(), second.GetRawText());
        Assert.Equal((failed.Text("message_id"), failed.Text("detail")), (failedAgain.Text("message_id"), failedAgain.Text("detail")));
        Assert.Empty(await HistoryAsync(lab));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Requests_at_once_under_one_key_are_one()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "send");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.SendOnceAsync("order-1", "bob", "once", "?wait=published").JsonAsync(HttpStatusCode.Accepted)));

        Assert.Single(answers.Select(answer => answer.GetRawText()).Distinct());
        Assert.Single(await HistoryAsync(lab));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Whoever_comes_back_waits_on_though_the_first_has_gone()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        var secret = await gateway.TokenAsync("alice", "send");
        await lab.Broker.DisposeAsync();
        await lab["alice"].EventAsync<ConnectionChanged>(change => change.State == ConnectionState.Reconnecting);
        var first = gateway.With(secret);
        var gone = first.SendOnceAsync("order-1", "bob", "once", "?wait=published&timeout=300");
        await lab["alice"].EventAsync<MessageStateChanged>(_ => true);
        first.CancelPendingRequests();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);

        var back = await gateway.With(secret).SendOnceAsync("order-1", "bob", "once", "?wait=published&timeout=1").JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal("queued", back.OneMessage().Text("state"));
        Assert.Equal(back.OneMessage().Text("id"), Assert.Single(await HistoryAsync(lab)).Id.ToString());
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Another_request_under_the_same_key_is_refused()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob", "carol");
        var gateway = await lab.ServeAsync("alice");
        var client = await gateway.AsAsync("alice", "send");
        await client.SendOnceAsync("order-1", "bob", "once").JsonAsync(HttpStatusCode.Accepted);

        foreach (var (to, text, query) in new (object To, string Text, string Query)[]
        {
            ("bob", "twice", ""), ("carol", "once", ""), (new[] { "bob", "carol" }, "once", ""), ("bob", "once", "?wait=published"), ("bob", "once", "?wait=published&withdraw=true"),
        })
            await client.SendOnceAsync("order-1", to, text, query).ProblemAsync(HttpStatusCode.Conflict, "idempotency_conflict");

        Assert.Single(await HistoryAsync(lab));
        await (await gateway.AsAsync("alice", "send")).SendOnceAsync("order-1", "bob", "of another token").JsonAsync(HttpStatusCode.Accepted);
        using var socket = gateway.BySocket("alice");
        await socket.SendOnceAsync("order-1", "bob", "of the socket").JsonAsync(HttpStatusCode.Accepted);
        Assert.Equal(3, (await HistoryAsync(lab)).Count);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Another_request_under_a_key_that_is_under_way_is_refused()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        using var client = gateway.BySocket("alice");
        await lab.Broker.DisposeAsync();
        await lab["alice"].EventAsync<ConnectionChanged>(change => change.State == ConnectionState.Reconnecting);
        var waiting = client.SendOnceAsync("order-1", "bob", "once", "?wait=published&timeout=300");
        await lab["alice"].EventAsync<MessageStateChanged>(_ => true);

        await client.SendOnceAsync("order-1", "bob", "twice", "?wait=published&timeout=300").ProblemAsync(HttpStatusCode.Conflict, "idempotency_conflict");

        await gateway.DisposeAsync();
        await waiting.JsonAsync(HttpStatusCode.Accepted);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_key_is_visible_ascii_of_some_length()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "send");

        foreach (var key in new[] { "", "two words", "tab\tbed", new string('k', 256) }) await client.SendOnceAsync(key, "bob", "once").ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        await client.SendOnceAsync(new string('k', 255), "bob", "once").JsonAsync(HttpStatusCode.Accepted);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task What_is_refused_takes_no_key()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "send");
        await client.SendOnceAsync("order-1", "Bob", "once").ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");

        await client.SendOnceAsync("order-1", "bob", "once").JsonAsync(HttpStatusCode.Accepted);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_key_is_kept_for_a_day_and_then_removed()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var gateway = await lab.ServeAsync(request => request with { Clock = clock }, "alice");
        using var client = gateway.BySocket("alice");
        var first = await client.SendOnceAsync("order-1", "bob", "once").JsonAsync(HttpStatusCode.Accepted);
        await client.SendOnceAsync("order-2", "bob", "twice").JsonAsync(HttpStatusCode.Accepted);

        clock.Advance(TimeSpan.FromHours(23.5));
        var within = await client.SendOnceAsync("order-1", "bob", "once").JsonAsync(HttpStatusCode.Accepted);
        clock.Advance(TimeSpan.FromHours(1));
        var after = await client.SendOnceAsync("order-1", "bob", "once").JsonAsync(HttpStatusCode.Accepted);
        await gateway.DisposeAsync();

        Assert.Equal(first.GetRawText(), within.GetRawText());
        Assert.NotEqual(first.OneMessage().Text("id"), after.OneMessage().Text("id"));
        Assert.Equal(1, CountKeys(lab));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Without_a_key_nothing_is_kept()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        using var client = gateway.BySocket("alice");
        await client.SendTextAsync("bob", "hello", "?wait=published").JsonAsync(HttpStatusCode.Accepted);
        await gateway.DisposeAsync();
        Assert.Equal(0, CountKeys(lab));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Neither_the_key_nor_the_text_is_written_down()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        using var client = gateway.BySocket("alice");
        await client.SendOnceAsync("a-key-of-mine", "bob", "what nobody may read", "?wait=published").JsonAsync(HttpStatusCode.Accepted);
        await gateway.DisposeAsync();

        foreach (var file in Directory.EnumerateFiles(lab["alice"].Place.Folder, "gateway.db*"))
        {
            var content = await File.ReadAllBytesAsync(file);
            Assert.Equal(-1, content.AsSpan().IndexOf("a-key-of-mine"u8));
            Assert.Equal(-1, content.AsSpan().IndexOf("what nobody may read"u8));
        }
        Assert.DoesNotContain(gateway.Log, line => line.Text.Contains("what nobody", StringComparison.Ordinal) || line.Text.Contains("a-key-of-mine", StringComparison.Ordinal));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task More_than_can_be_kept_are_refused_and_none_is_forgotten()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await (await lab.ServeAsync(request => request with { Clock = clock }, "alice")).DisposeAsync();
        using (var database = Open(lab))
        {
            database.Execute(
                $"INSERT INTO idempotency VALUES (randomblob(32), '', randomblob(32), zeroblob({IdempotencyStore.MaxMessages - 1} * 16), NULL, @now)", new { now = clock.GetUtcNow().ToUnixTimeMilliseconds() });
        }
        var gateway = await lab.ServeAsync(request => request with { Clock = clock }, "alice");
        using var client = gateway.BySocket("alice");

        await client.SendOnceAsync("too-many", new[] { "bob", "alice" }, "hello").ProblemAsync(HttpStatusCode.TooManyRequests, "rate_limited");
        await client.SendOnceAsync("the-last", "bob", "hello").JsonAsync(HttpStatusCode.Accepted);
        await client.SendOnceAsync("one-more", "bob", "hello").ProblemAsync(HttpStatusCode.TooManyRequests, "rate_limited");
        await client.SendOnceAsync("the-last", "bob", "hello").JsonAsync(HttpStatusCode.Accepted);
        await (await gateway.AsAsync("alice", "send")).SendOnceAsync("of-another", "bob", "hello").JsonAsync(HttpStatusCode.Accepted);

        clock.Advance(IdempotencyStore.Kept + TimeSpan.FromHours(1));
        await client.SendOnceAsync("probe", "bob", "hello").JsonAsync(HttpStatusCode.Accepted);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Nothing_is_sent_under_a_key_that_cannot_be_written_down()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        using var client = (await lab.ServeAsync("alice")).BySocket("alice");
        using (var database = Open(lab)) database.Execute("DROP TABLE idempotency");

        await client.SendOnceAsync("order-1", "bob", "once").ProblemAsync(HttpStatusCode.ServiceUnavailable, "storage_unavailable");

        await client.SendTextAsync("bob", "without a key").JsonAsync(HttpStatusCode.Accepted);
        Assert.Equal("without a key", Assert.Single(await HistoryAsync(lab)).Text);
    }

    private static Task<IReadOnlyList<StoredMessage>> HistoryAsync(GatewayLab lab) => lab["alice"].Messenger.HistoryAsync(Username.Parse("bob"), null, null, 10, default);

    private static int CountKeys(GatewayLab lab)
    {
        using var database = Open(lab);
        return database.QuerySingle<int>("SELECT count(*) FROM idempotency");
    }

    private static SqliteConnection Open(GatewayLab lab)
    {
        var database = new SqliteConnection($"Data Source={Path.Combine(lab["alice"].Place.Folder, "gateway.db")};Pooling=False");
        database.Open();
        return database;
    }
}

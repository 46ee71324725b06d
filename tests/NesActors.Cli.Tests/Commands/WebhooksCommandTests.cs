using System.Text.Json;
using Microsoft.Data.Sqlite;
using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Tests.Commands;

/// <summary>The command where no gateway runs; with one it does the same by the same API.</summary>
public sealed class WebhooksCommandTests : IDisposable
{
    private const string Url = "https://receiver.example/hook?key=1";

    private readonly TestCli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Adds_lists_shows_and_removes_webhooks()
    {
        var made = await _cli.RunAsync("webhooks", "add", Url, "--events", "message,state", "--name", "bot");
        Assert.Equal((ExitCode.Done, ""), (made.Code, made.Error));
        Assert.StartsWith("whsec_", made.Out);

        var listed = await _cli.RunAsync("webhooks", "list", "--json");
        var id = JsonDocument.Parse(listed.Out).RootElement.GetProperty("id").GetString()!;
        var table = await _cli.RunAsync("webhooks", "list");
        var shown = await _cli.RunAsync("webhooks", "show", id);
        Assert.DoesNotContain(made.Out.Trim(), listed.Out + table.Out + shown.Out);
        Assert.Matches($@"^ID +STATUS +EVENTS +PENDING +DEAD +NAME +URL\n{id} +enabled +message,state +0 +0 +bot +https://receiver\.example/hook\?key=1\n$", table.Out.ReplaceLineEndings("\n"));
        Assert.Contains("status:        enabled", shown.Out);
        Assert.Contains($"url:           {Url}", shown.Out);
        Assert.Equal(listed.Out, (await _cli.RunAsync("webhooks", "show", id, "--json")).Out);

        Assert.Equal((ExitCode.Done, ""), await OutcomeAsync("webhooks", "remove", id));
        Assert.Equal("", (await _cli.RunAsync("webhooks", "list", "--json")).Out);
        Assert.Contains("nes webhooks add", (await _cli.RunAsync("webhooks", "list")).Error);
    }

    [Fact]
    public async Task Takes_a_receiver_on_this_machine_because_it_calls_nobody_itself() =>
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("webhooks", "add", "http://127.0.0.1:9000/")).Code);

    [Fact]
    public async Task Disables_and_enables()
    {
        var id = await AddAsync();

        Assert.Equal((ExitCode.Done, ""), await OutcomeAsync("webhooks", "disable", id));
        Assert.Equal("disabled", await StatusAsync(id));
        var replay = await _cli.RunAsync("webhooks", "replay", id);
        Assert.Equal(ExitCode.Refused, replay.Code);
        Assert.Contains("enable it", replay.OneErrorLine);
        Assert.Equal((ExitCode.Done, ""), await OutcomeAsync("webhooks", "enable", id));
        Assert.Equal("enabled", await StatusAsync(id));
    }

    [Fact]
    public async Task Shows_what_was_not_taken_and_has_it_told_again()
    {
        var id = await AddAsync();

        Assert.Contains("there are none", (await _cli.RunAsync("webhooks", "deliveries", id, "--state", "dead")).Error);
        Assert.Equal("", (await _cli.RunAsync("webhooks", "deliveries", id, "--json")).Out);
        Assert.Contains("as soon as a gateway runs: 0", (await _cli.RunAsync("webhooks", "replay", id)).Error);
        Assert.Equal("{\"replayed\":0}", (await _cli.RunAsync("webhooks", "replay", id, "--json")).Out.Trim());
        Assert.Equal(ExitCode.NotFound, (await _cli.RunAsync("webhooks", "replay", id, "--delivery", "7")).Code);
    }

    [Fact]
    public async Task Tells_why_something_was_not_taken_and_what_becomes_of_it()
    {
        var id = await AddAsync();
        using (var database = new SqliteConnection($"Data Source={_cli.PathOf("alice.state/gateway.db")};Pooling=False"))
        {
            database.Open();
            using var command = database.CreateCommand();
            command.CommandText = "INSERT INTO webhook_deliveries VALUES ($id, 7, 1, 23, 'status_500', 1795000000000, NULL, 0), ($id, 9, 2, 3, 'timed_out', 1795000000000, 1795000020000, 0)";
            command.Parameters.AddWithValue("$id", id);
            command.ExecuteNonQuery();
        }

        var all = (await _cli.RunAsync("webhooks", "deliveries", id)).Out.Split(Environment.NewLine);
        var dead = await _cli.RunAsync("webhooks", "deliveries", id, "--state", "dead", "--json");

        Assert.StartsWith("ID  EVENT    STATE    ATTEMPTS  FAILED                    NEXT                      WHY", all[0]);
        Assert.Equal("7   message  dead     23        2026-11-18T11:06:40.000Z  -                         The receiver answered with status 500.", all[1]);
        Assert.Equal("9   state    pending  3         2026-11-18T11:06:40.000Z  2026-11-18T11:07:00.000Z  No answer came within 10 seconds.", all[2]);
        Assert.Equal(7, JsonDocument.Parse(dead.Out).RootElement.GetProperty("id").GetInt64());
        Assert.Contains("runs: 1", (await _cli.RunAsync("webhooks", "replay", id, "--delivery", "7")).Error);
        Assert.Contains("dead (replayed)", (await _cli.RunAsync("webhooks", "deliveries", id, "--state", "dead")).Out);
        Assert.Contains("runs: 2", (await _cli.RunAsync("webhooks", "replay", id)).Error);
    }

    [Fact]
    public async Task Makes_another_secret()
    {
        var first = JsonDocument.Parse((await _cli.RunAsync("webhooks", "add", Url, "--json")).Out).RootElement;

        var second = await _cli.RunAsync("webhooks", "secret", first.GetProperty("webhook").GetProperty("id").GetString()!);

        Assert.StartsWith("whsec_", second.Out);
        Assert.NotEqual(first.GetProperty("secret").GetString(), second.Out.Trim());
    }

    [Fact]
    public async Task Says_what_is_wrong()
    {
        await WrongAsync("http:// with a host", "webhooks", "add", "receiver.example");
        await WrongAsync("message, state, contact, connection", "webhooks", "add", Url, "--events", "mesage");
        await WrongAsync("message, state, contact, connection", "webhooks", "add", Url, "--events", ",");
        await WrongAsync("1 to 64 characters", "webhooks", "add", Url, "--name", "");
        await WrongAsync("nes webhooks deliveries --help", "webhooks", "deliveries", "id", "--state", "lost");
        await WrongAsync("nes webhooks replay --help", "webhooks", "replay", "id", "--delivery", "one");
        foreach (var verb in new[] { "show", "remove", "enable", "disable", "deliveries", "replay", "secret" })
            Assert.Equal(ExitCode.NotFound, (await _cli.RunAsync("webhooks", verb, "../none")).Code);
    }

    private async Task<string> AddAsync() => JsonDocument.Parse((await _cli.RunAsync("webhooks", "add", Url, "--json")).Out).RootElement.GetProperty("webhook").GetProperty("id").GetString()!;

    private async Task<string?> StatusAsync(string id) => JsonDocument.Parse((await _cli.RunAsync("webhooks", "show", id, "--json")).Out).RootElement.GetProperty("status").GetString();

    private async Task<(int Code, string Error)> OutcomeAsync(params string[] arguments)
    {
        var result = await _cli.RunAsync(arguments);
        return (result.Code, result.Error);
    }

    private async Task WrongAsync(string hint, params string[] arguments)
    {
        var result = await _cli.RunAsync(arguments);
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains(hint, result.OneErrorLine);
    }
}

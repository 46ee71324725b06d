using System.Text.Json;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.FrontEnd.Console;

namespace NesActors.FrontEnd.Tests.Plain;

public sealed class JsonTests
{
    private const string Nasty = "\u001b[2J\n\"日\u202E\ud83d";

    [Fact]
    public async Task Prints_a_message_as_one_line_of_ascii()
    {
        await using var run = Listen();
        var sent = run.Messenger.Receive(ConsoleRun.Bob, Nasty, StoppedClock.Noon.AddMilliseconds(-1500), underChangedKey: true, isOutOfTime: true, isRequest: true, isOlderSuite: true, breaksChain: true);
        var json = await ReadAsync(run, "message");
        Assert.Equal("bob", json.GetProperty("from").GetString());
        Assert.Equal(Nasty.Replace('\ud83d', '\ufffd'), json.GetProperty("text").GetString());
        Assert.Equal(sent.Id.Value, json.GetProperty("id").GetGuid());
        Assert.Equal("2026-11-22T11:59:58.5Z", json.GetProperty("sent_at").GetString());
        Assert.Equal("2026-11-22T12:00:00Z", json.GetProperty("received_at").GetString());
        Assert.True(json.GetProperty("under_changed_key").GetBoolean());
        Assert.True(json.GetProperty("out_of_time").GetBoolean());
        Assert.True(json.GetProperty("request").GetBoolean());
        Assert.True(json.GetProperty("older_suite").GetBoolean());
        Assert.True(json.GetProperty("breaks_chain").GetBoolean());
        Assert.Equal(1, json.GetProperty("cursor").GetInt64());
        Assert.All(run.Output.Text, character => Assert.InRange(character, '\n', '~'));
    }

    [Fact]
    public async Task Prints_how_the_connection_is()
    {
        await using var run = Listen();
        run.Messenger.Change(ConnectionState.Reconnecting, "timed out");
        var json = await ReadAsync(run, "connection");
        Assert.Equal("reconnecting", json.GetProperty("state").GetString());
        Assert.Equal("timed out", json.GetProperty("detail").GetString());
        Assert.Empty(run.Errors.Text);
    }

    [Fact]
    public async Task Prints_what_becomes_of_a_contact()
    {
        await using var run = Listen();
        run.Messenger.Change(new Contact(ConsoleRun.Bob, TrustState.Changed, new Fingerprint("01"), new Fingerprint("02"), 3)
        {
            Vouched = Vouching.Plain,
            Alias = Nasty,
            Standing = ContactStanding.Blocked,
            PinnedBy = PinOrigin.SignedChange,
            IsVerified = true,
            Suite = "nes2",
            SuiteRefusal = SuiteRefusal.Older,
            WithheldSuite = "nes3",
            DisappearAfter = TimeSpan.FromDays(45),
        });
        var json = await ReadAsync(run, "contact");
        Assert.Equal(("nes2", "older"), (json.GetProperty("suite").GetString(), json.GetProperty("suite_refusal").GetString()));
        Assert.Equal("nes3", json.GetProperty("withheld_suite").GetString());
        Assert.Equal("bob", json.GetProperty("user").GetString());
        Assert.Equal(Nasty.Replace('\ud83d', '\ufffd'), json.GetProperty("alias").GetString());
        Assert.Equal("blocked", json.GetProperty("standing").GetString());
        Assert.Equal("signed-change", json.GetProperty("pinned_by").GetString());
        Assert.True(json.GetProperty("verified").GetBoolean());
        Assert.Equal("changed", json.GetProperty("trust").GetString());
        Assert.Equal("plain", json.GetProperty("vouched").GetString());
        Assert.Equal("01", json.GetProperty("fingerprint").GetString());
        Assert.Equal("02", json.GetProperty("offered").GetString());
        Assert.Equal(3_888_000, json.GetProperty("disappear_after_seconds").GetInt64());
        Assert.Equal(3, json.GetProperty("unread").GetInt32());
    }

    [Fact]
    public async Task Prints_how_a_message_was_delivered()
    {
        await using var run = Listen();
        run.Messenger.Carry = message => message with { State = MessageState.Failed, Failure = SendFailure.UnknownUser, Detail = "404" };
        await run.Messenger.SendAsync(ConsoleRun.Bob, "hello", CancellationToken.None);
        await run.Output.WaitForAsync("unknown-user", ConsoleRun.Limit);
        var json = JsonDocument.Parse(run.Output.Lines.Single(line => line.Contains("unknown-user", StringComparison.Ordinal))).RootElement;
        Assert.Equal("delivery", json.GetProperty("type").GetString());
        Assert.Equal("bob", json.GetProperty("to").GetString());
        Assert.Equal("failed", json.GetProperty("state").GetString());
        Assert.Equal("404", json.GetProperty("detail").GetString());
    }

    private static ConsoleRun Listen() => new(ConsoleFrontEnd.ListenVerb, with: request => request with { Json = true });

    private static async Task<JsonElement> ReadAsync(ConsoleRun run, string type)
    {
        await run.Output.WaitForAsync($"\"type\":\"{type}\"", ConsoleRun.Limit);
        return JsonDocument.Parse(run.Output.Lines.First(line => line.Contains($"\"{type}\"", StringComparison.Ordinal))).RootElement;
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NesActors.Cli.Tests.Support;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Storage;
using NesActors.Core.Storage.Sqlite;

namespace NesActors.Cli.Tests.Commands;

/// <summary>What was said, read and deleted without a session.</summary>
public sealed class HistoryTests : IDisposable
{
    private static readonly Username Alice = Username.Parse("alice");
    private static readonly Username Bob = Username.Parse("bob");
    private static readonly Username Mallory = Username.Parse("mallory");
    private readonly TestCli _cli = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 18, 0, 0, TimeSpan.Zero));

    public HistoryTests() => _cli.Clock = _clock;

    private string State => Path.Combine(_cli.NesFolder, "alice.state");

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Shows_what_was_said_the_oldest_first()
    {
        await RememberAsync(("bob", "Hello"), ("alice", "Hello yourself"), ("bob", "two\nlines"));
        var result = await _cli.RunAsync("history", "bob");
        Assert.Equal((ExitCode.Done, ""), (result.Code, result.Error));
        Assert.Equal(
            ["[2026-11-22 18:00:00] bob > Hello", "[2026-11-22 18:00:01] me to bob (waiting) > Hello yourself", "[2026-11-22 18:00:02] bob > two", "    lines"],
            Lines(result.Out));
        Assert.Equal(["[2026-11-22 18:00:02] bob > two", "    lines"], Lines((await _cli.RunAsync("history", "BOB", "--limit", "1")).Out));
    }

    [Fact]
    public async Task What_is_shown_can_be_marked_as_read_with_what_came_before_it()
    {
        await RememberAsync(("bob", "one"), ("bob", "two"), ("bob", "three"));
        var shown = Lines((await _cli.RunAsync("history", "bob", "--json")).Out).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        await _cli.RunAsync("history", "bob", "--before", Text(shown[2], "id"), "--limit", "1", "--mark-read");
        var states = Lines((await _cli.RunAsync("history", "bob", "--json")).Out).Select(line => Text(JsonDocument.Parse(line).RootElement, "state"));
        Assert.Equal(["read", "read", "received"], states);
        Assert.Equal(ExitCode.Usage, (await _cli.RunAsync("history", "--search", "one", "--mark-read")).Code);
    }

    [Fact]
    public async Task Marks_what_strangers_sent()
    {
        await RememberAsync(("mallory", "buy"));
        Assert.Equal("[2026-11-22 18:00:00] mallory (STRANGER) > buy\n", (await _cli.RunAsync("history", "mallory")).Out);
        Assert.True(JsonDocument.Parse((await _cli.RunAsync("history", "mallory", "--json")).Out).RootElement.GetProperty("request").GetBoolean());
    }

    [Fact]
    public async Task Comes_back_from_a_backup()
    {
        await RememberAsync(("bob", "Hello"), ("alice", "Hello yourself"));
        await _cli.RunAsync("generate", "-q");
        using var elsewhere = new TestCli { Clock = _clock };
        _cli.Variables["NES_PASSPHRASE"] = elsewhere.Variables["NES_PASSPHRASE"] = "correct horse battery staple";
        await _cli.RunAsync("forget", "bob", "--after", "45");
        var file = Path.Combine(_cli.Home, "alice.backup");

        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("backup", "-q", "--out", file)).Code);
        Assert.Equal(ExitCode.Done, (await elsewhere.RunAsync("restore", "-q", file)).Code);

        Assert.Equal((await _cli.RunAsync("history", "bob")).Out, (await elsewhere.RunAsync("history", "bob")).Out);
        Assert.Contains("kept for 45 days at most", (await elsewhere.RunAsync("contacts", "show", "bob")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_backwards_by_the_ids_that_json_tells()
    {
        await RememberAsync(("bob", "one"), ("bob", "two"), ("bob", "three"));
        var last = JsonDocument.Parse((await _cli.RunAsync("history", "bob", "--limit", "1", "--json")).Out).RootElement;
        Assert.Equal(("three", "incoming", "received"), (Text(last, "text"), Text(last, "direction"), Text(last, "state")));
        var before = await _cli.RunAsync("history", "bob", "--before", Text(last, "id"), "--json");
        Assert.Equal(["one", "two"], Lines(before.Out).Select(line => Text(JsonDocument.Parse(line).RootElement, "text")));
        Assert.Equal(ExitCode.NotFound, (await _cli.RunAsync("history", "bob", "--before", Guid.NewGuid().ToString())).Code);
        Assert.Equal(ExitCode.Usage, (await _cli.RunAsync("history", "bob", "--before", "yesterday")).Code);
    }

    [Fact]
    public async Task Finds_a_text_whatever_its_case_with_everybody_or_with_one()
    {
        await RememberAsync(("bob", "the KEY is under the mat"), ("carol", "which key?"), ("bob", "no"));
        Assert.Equal(2, Lines((await _cli.RunAsync("history", "--search", "key")).Out).Length);
        Assert.EndsWith("carol > which key?", Assert.Single(Lines((await _cli.RunAsync("history", "carol", "--search", "Key")).Out)));
        var none = await _cli.RunAsync("history", "--search", "nothing like it");
        Assert.Equal((ExitCode.Done, ""), (none.Code, none.Out));
    }

    [Fact]
    public async Task Nothing_of_a_message_reaches_the_terminal_but_characters_to_be_seen()
    {
        await RememberAsync(("bob", "\u001b]0;owned\u0007\u001b[2J\r\u202Eevil\n[2026-11-22 18:00:00] carol > fake"));
        var result = await _cli.RunAsync("history", "bob");
        Assert.DoesNotContain(result.Out, c => (char.IsControl(c) && c != '\n') || c == '\u202E');
        Assert.All(Lines(result.Out)[1..], line => Assert.StartsWith("    ", line));
    }

    [Fact]
    public async Task Json_is_harmless_in_a_terminal_too()
    {
        const string Text = "\u001b]0;owned\u0007\u009b2J\u202Eevil żółw 🙂";
        await RememberAsync(("bob", Text));

        var result = await _cli.RunAsync("history", "bob", "--json");

        Assert.DoesNotContain(result.Out, c => c != '\n' && c is < ' ' or > '~');
        Assert.Equal(Text, JsonDocument.Parse(result.Out).RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Expects_a_name_or_a_text_and_a_state_that_is_there()
    {
        Assert.Contains("Expected a name", (await _cli.RunAsync("history")).OneErrorLine);
        Assert.Equal(ExitCode.NotFound, (await _cli.RunAsync("history", "bob")).Code);
        Assert.False(System.IO.Directory.Exists(State));
    }

    [Fact]
    public async Task Forgets_one_message_or_all_with_somebody()
    {
        await RememberAsync(("bob", "one"), ("bob", "two"), ("bob", "three"), ("carol", "hers"));
        var two = JsonDocument.Parse((await _cli.RunAsync("history", "--search", "two", "--json")).Out).RootElement;
        Assert.Equal(ExitCode.NotFound, (await _cli.RunAsync("forget", "carol", "--message", Text(two, "id"))).Code);
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("forget", "bob", "--message", Text(two, "id"))).Code);
        Assert.Equal(2, Lines((await _cli.RunAsync("history", "bob")).Out).Length);
        Assert.Equal("bob: 2 messages deleted\n", (await _cli.RunAsync("forget", "bob")).Out);
        Assert.Equal("", (await _cli.RunAsync("history", "bob")).Out);
        Assert.Single(Lines((await _cli.RunAsync("history", "carol")).Out));
    }

    [Fact]
    public async Task What_waits_to_go_out_is_not_forgotten()
    {
        await RememberAsync(("alice", "waits"));
        var waits = JsonDocument.Parse((await _cli.RunAsync("history", "bob", "--json")).Out).RootElement;
        Assert.Equal(ExitCode.Refused, (await _cli.RunAsync("forget", "bob", "--message", Text(waits, "id"))).Code);
        Assert.Equal("bob: 0 messages deleted\n", (await _cli.RunAsync("forget", "bob")).Out);
    }

    [Fact]
    public async Task Forgets_from_now_on_after_some_days()
    {
        await RememberAsync(("bob", "old"));
        _clock.Advance(TimeSpan.FromDays(3));
        await RememberAsync(("bob", "new"));
        Assert.Equal("bob: messages are kept for 2 days at most\n", (await _cli.RunAsync("forget", "bob", "--after", "2")).Out);
        Assert.EndsWith("bob > new", Assert.Single(Lines((await _cli.RunAsync("history", "bob")).Out)));
        Assert.Equal(ExitCode.Usage, (await _cli.RunAsync("forget", "bob", "--after", "-1")).Code);
        Assert.Equal("bob: messages are kept as long as the setting HISTORY says\n", (await _cli.RunAsync("forget", "bob", "--after", "0")).Out);
    }

    [Theory]
    [InlineData]
    [InlineData("--after", "2")]
    public async Task Forgets_without_a_word_where_quiet_is_asked_for(params string[] options)
    {
        await RememberAsync(("bob", "old"));
        _clock.Advance(TimeSpan.FromDays(3));
        var result = await _cli.RunAsync(["forget", "bob", "-q", .. options]);
        Assert.Equal((ExitCode.Done, "", ""), (result.Code, result.Out, result.Error));
        Assert.Equal("", (await _cli.RunAsync("history", "bob")).Out);
    }

    private static string[] Lines(string output) => output.TrimEnd('\n').Split('\n');

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    /// <summary>Messages of bob and others to alice, or of alice to bob, a second apart. Mallory is a stranger.</summary>
    private async Task RememberAsync(params (string From, string Text)[] messages)
    {
        await using var store = SqliteMessageStore.Open(State, _clock);
        foreach (var (name, text) in messages)
        {
            var from = Username.Parse(name);
            if (from != Mallory) await store.ChangeContactAsync(from, new ContactChange.Accept(), default);
            if (from == Alice)
            {
                await store.QueueAsync(MessageId.New(_clock), new Message(Alice, Bob, _clock.GetUtcNow(), text), default);
            }
            else
            {
                var spooled = await store.SpoolAsync([new byte[1]], default);
                var message = new Message(from, Alice, _clock.GetUtcNow(), text);
                await store.ReceiveAsync(spooled[0], new ReceivedContent(message, SHA256.HashData(Encoding.UTF8.GetBytes(text)), false, false), default);
            }
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NesActors.Cli.Tests.Support;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Contacts;
using NesActors.Core.Storage;
using NesActors.Core.Storage.Sqlite;
using NesActors.Core.Suites;

namespace NesActors.Cli.Tests.Commands.Contacts;

/// <summary>Contacts, shown and decided about without a session.</summary>
public sealed class ContactsTests : IDisposable
{
    private static readonly Username Alice = Username.Parse("alice");
    private static readonly Username Bob = Username.Parse("bob");
    private static readonly Username Mallory = Username.Parse("mallory");
    private static readonly Fingerprint Known = new(string.Concat(Enumerable.Repeat("0123456789abcdef", 4)));
    private static readonly Fingerprint Offered = new(string.Concat(Enumerable.Repeat("fedcba9876543210", 4)));

    private readonly TestCli _cli = new();

    private string State => Path.Combine(_cli.NesFolder, "alice.state");

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("contacts")]
    [InlineData("contacts", "list")]
    [InlineData("contacts", "list", "--json")]
    public async Task Shows_nobody_where_nobody_is_known_and_makes_nothing(params string[] command)
    {
        var result = await _cli.RunAsync(command);
        Assert.Equal((ExitCode.Done, ""), (result.Code, result.Out));
        Assert.Equal(ExitCode.NotFound, (await _cli.RunAsync("contacts", "show", "bob")).Code);
        Assert.False(System.IO.Directory.Exists(State));
    }

    [Fact]
    public async Task Lists_contacts_and_apart_from_them_requests()
    {
        await RememberAsync();
        await _cli.RunAsync("contacts", "alias", "bob", "The \u202Eboss");
        var contacts = await _cli.RunAsync("contacts");
        Assert.Equal(["NAME  STANDING  KEYS    UNREAD  ALIAS", "bob   accepted  pinned  -       The <U+202E>boss"], Lines(contacts.Out));
        Assert.Equal("1 waiting to be accepted: nes contacts --requests", contacts.OneErrorLine);
        Assert.StartsWith("mallory  stranger  pinned  1", Lines((await _cli.RunAsync("contacts", "list", "--requests")).Out)[1], StringComparison.Ordinal);
        var json = JsonDocument.Parse((await _cli.RunAsync("contacts", "--json")).Out).RootElement;
        Assert.Equal(("bob", "accepted", "pinned", "first-seen", Known.Value), (Text(json, "user"), Text(json, "standing"), Text(json, "trust"), Text(json, "pinned_by"), Text(json, "fingerprint")));
    }

    [Fact]
    public async Task Whoever_never_wrote_is_no_request()
    {
        await RememberAsync();
        await _cli.RunAsync("forget", "carol", "--after", "30");
        Assert.DoesNotContain("carol", (await _cli.RunAsync("contacts", "--requests")).Out, StringComparison.Ordinal);
        var contacts = await _cli.RunAsync("contacts");
        Assert.Contains(Lines(contacts.Out), line => line.StartsWith("carol  stranger", StringComparison.Ordinal));
        Assert.Equal("1 waiting to be accepted: nes contacts --requests", contacts.OneErrorLine);
    }

    [Fact]
    public async Task Shows_which_contact_does_not_see_what_is_published()
    {
        await RememberAsync();
        await using (var store = SqliteMessageStore.Open(State, TimeProvider.System))
        {
            await store.ChangeContactAsync(Bob, new ContactChange.Accept(), default);
            await store.HearAsync(Bob, new ContactCapabilities { Withheld = "nes2" }, default);
        }
        Assert.Contains("NOT SEE what you have published for suite nes2", (await _cli.RunAsync("contacts", "show", "bob")).Out, StringComparison.Ordinal);
        Assert.Equal("nes2", Text(JsonDocument.Parse((await _cli.RunAsync("contacts", "show", "bob", "--json")).Out).RootElement, "withheld_suite"));
    }

    [Theory]
    [InlineData(null, "kept as long as the setting HISTORY says")]
    [InlineData(3_888_000L, "kept for 45 days at most")]
    [InlineData(86_400L, "kept for 1 day at most")]
    [InlineData(129_600L, "kept for 36 hours at most")]
    [InlineData(5_400L, "kept for 90 minutes at most")]
    [InlineData(1L, "kept for 1 second at most")]
    public async Task Shows_how_long_messages_are_kept(long? seconds, string words)
    {
        await using (var store = SqliteMessageStore.Open(State, TimeProvider.System))
        {
            await store.ChangeContactAsync(Bob, new ContactChange.Accept(), default);
            await store.DisappearAsync(Bob, seconds is { } after ? TimeSpan.FromSeconds(after) : null, default);
        }
        Assert.Contains($"messages     {words}", Lines((await _cli.RunAsync("contacts", "show", "bob")).Out));
        foreach (var command in new string[][] { ["contacts", "show", "bob", "--json"], ["contacts", "list", "--json"] })
        {
            var json = JsonDocument.Parse((await _cli.RunAsync(command)).Out).RootElement;
            Assert.Equal(seconds, json.TryGetProperty("disappear_after_seconds", out var told) ? told.GetInt64() : null);
        }
    }

    [Fact]
    public async Task Shows_the_suite_of_a_contact_and_lets_messages_go_without_a_better_one_that_is_gone()
    {
        await RememberAsync();
        await using (var store = SqliteMessageStore.Open(State, TimeProvider.System))
        {
            await store.SeeKeysAsync(Bob, new ShownKeys(Known, Vouching.Proved) { Suites = [new SuiteOffer("nes2", Offered, 1, IsTaken: true, IsFresh: true)] }, default);
            await store.SeeKeysAsync(Bob, new ShownKeys(Known, Vouching.Proved) { Suites = [] }, default);
        }
        var shown = (await _cli.RunAsync("contacts", "show", "bob")).Out;
        Assert.Contains("suite        nes2; the key directory shows NO KEYS", shown, StringComparison.Ordinal);
        Assert.Contains($"its keys     {Offered.ToGroups()}", shown, StringComparison.Ordinal);
        var json = JsonDocument.Parse((await _cli.RunAsync("contacts", "show", "bob", "--json")).Out).RootElement;
        Assert.Equal(("nes2", Offered.Value, "missing"), (Text(json, "suite"), Text(json, "suite_keys"), Text(json, "suite_refusal")));

        Assert.Contains("go without suite nes2", (await _cli.RunAsync("contacts", "trust", "bob", "--accept-older-suite")).Out, StringComparison.Ordinal);
        Assert.Contains("a better one was left", (await _cli.RunAsync("contacts", "show", "bob")).Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Refused, (await _cli.RunAsync("contacts", "trust", "bob", "--accept-older-suite")).Code);
    }

    [Theory]
    [InlineData]
    [InlineData("--accept-older-suite", "--fingerprint", "0123456789abcdef")]
    public async Task Trusting_takes_either_a_fingerprint_or_that_a_suite_is_gone(params string[] options)
    {
        await RememberAsync();
        var result = await _cli.RunAsync(["contacts", "trust", "bob", .. options]);
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("either --fingerprint HEX or --accept-older-suite", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accepts_blocks_and_unblocks()
    {
        await RememberAsync();
        Assert.Equal("mallory is one of your contacts\n", (await _cli.RunAsync("contacts", "accept", "Mallory")).Out);
        Assert.Contains("standing     accepted", (await _cli.RunAsync("contacts", "show", "mallory")).Out, StringComparison.Ordinal);
        Assert.Equal("mallory is blocked\n", (await _cli.RunAsync("contacts", "block", "mallory")).Out);
        Assert.Contains("standing     blocked", (await _cli.RunAsync("contacts", "show", "mallory")).Out, StringComparison.Ordinal);
        Assert.Equal("mallory is unblocked\n", (await _cli.RunAsync("contacts", "unblock", "mallory")).Out);
        Assert.Equal(("", ExitCode.Done), ((await _cli.RunAsync("contacts", "block", "-q", "never-heard-of")).Out, ExitCode.Done));
        Assert.Contains("never-heard-of  blocked", (await _cli.RunAsync("contacts")).Out, StringComparison.Ordinal);
        Assert.Equal("alice is you", (await _cli.RunAsync("contacts", "block", "alice")).OneErrorLine["nes: ".Length..]);
    }

    [Fact]
    public async Task An_alias_names_nobody_and_is_nobody_else_s_name()
    {
        await RememberAsync();
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("contacts", "alias", "bob", "Boss")).Code);
        var byAlias = await _cli.RunAsync("contacts", "block", "boss");
        Assert.Equal((ExitCode.Usage, "nes: that is what you call bob; name the user: bob"), (byAlias.Code, byAlias.OneErrorLine));
        Assert.Contains("another contact's name", (await _cli.RunAsync("contacts", "alias", "bob", "Mallory")).OneErrorLine, StringComparison.Ordinal);
        Assert.Contains("1 to 64 characters", (await _cli.RunAsync("contacts", "alias", "bob", "two\nlines")).OneErrorLine, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("contacts", "alias", "bob")).Code);
        Assert.DoesNotContain("Boss", (await _cli.RunAsync("contacts", "show", "bob")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fedcba9876543210")]
    [InlineData("FEDC ba98 7654 3210 FEDC")]
    public async Task Trusts_changed_keys_by_the_start_of_their_fingerprint(string typed)
    {
        await RememberAsync(offered: Offered);
        Assert.Contains("CHANGED", (await _cli.RunAsync("contacts")).Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("contacts", "trust", "bob", "--fingerprint", typed)).Code);
        var shown = (await _cli.RunAsync("contacts", "show", "bob")).Out;
        Assert.Contains(Offered.ToGroups(), shown, StringComparison.Ordinal);
        Assert.Contains("you accepted them", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("OTHER", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fedcba987654321", ExitCode.Usage, "first 16 at least")]
    [InlineData("not-hexadecimal-at-all", ExitCode.Usage, "first 16 at least")]
    [InlineData("fedcba9876543211", ExitCode.Untrusted, "fedc ba98")]
    [InlineData("0123456789abcdef", ExitCode.Untrusted, "fedc ba98")]
    public async Task Trusts_no_other_keys_and_says_what_to_do(string typed, int code, string advice)
    {
        await RememberAsync(offered: Offered);
        var result = await _cli.RunAsync("contacts", "trust", "bob", "--fingerprint", typed);
        Assert.Equal(code, result.Code);
        Assert.Contains(advice, result.OneErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trusts_nothing_where_no_keys_changed()
    {
        await RememberAsync();
        Assert.Contains("pinned already", (await _cli.RunAsync("contacts", "trust", "bob", "--fingerprint", Known.Value)).Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.NotFound, (await _cli.RunAsync("contacts", "trust", "bob", "--fingerprint", Offered.Value)).Code);
        Assert.Equal(ExitCode.NotFound, (await _cli.RunAsync("contacts", "trust", "carol", "--fingerprint", Offered.Value)).Code);
    }

    [Fact]
    public async Task Forgets_only_with_consent_and_not_what_waits_to_go_out()
    {
        await RememberAsync();
        Assert.Contains("--yes", (await _cli.RunAsync("contacts", "forget", "mallory")).OneErrorLine, StringComparison.Ordinal);
        _cli.IsInteractive = true;
        Assert.Equal(ExitCode.Usage, (await _cli.RunWithInputAsync("no\n", default, "contacts", "forget", "mallory")).Code);
        Assert.Equal(ExitCode.Done, (await _cli.RunWithInputAsync("mallory\n", default, "contacts", "forget", "mallory")).Code);
        Assert.Equal(ExitCode.NotFound, (await _cli.RunAsync("contacts", "show", "mallory")).Code);
        Assert.Equal("", (await _cli.RunAsync("history", "mallory")).Out);
        var waits = await _cli.RunAsync("contacts", "forget", "bob", "--yes");
        Assert.Equal(ExitCode.Refused, waits.Code);
        Assert.Contains("waits to go out", waits.OneErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_over_elsewhere_what_it_wrote_but_no_verification()
    {
        await RememberAsync();
        await _cli.RunAsync("generate", "-q");
        await _cli.RunAsync("contacts", "alias", "bob", "Boss 日本");
        await _cli.RunAsync("contacts", "block", "mallory");
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("contacts", "verify", "bob", "--yes")).Code);
        var file = Path.Combine(_cli.Home, "contacts.jsonl");
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("contacts", "export", "--out", file)).Code);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(ExitCode.Usage, (await _cli.RunAsync("contacts", "export", "--out", file)).Code);
        Assert.Equal(File.ReadAllText(file), (await _cli.RunAsync("contacts", "export")).Out);

        using var elsewhere = new TestCli();
        Assert.Equal("2 contacts taken over\n", (await elsewhere.RunAsync("contacts", "import", file)).Out);
        Assert.Equal(File.ReadAllText(file).Replace("\"verified\":true", "\"verified\":false"), (await elsewhere.RunAsync("contacts", "export")).Out);
        Assert.Contains("came from a file", (await elsewhere.RunAsync("contacts", "show", "bob")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_leaves_pinned_keys_and_tells()
    {
        await RememberAsync();
        var file = Write($$"""{"user":"bob","fingerprint":"{{Offered}}","standing":"accepted"}""", $$"""{"user":"carol","fingerprint":"{{Offered}}","standing":"accepted"}""");
        var result = await _cli.RunAsync("contacts", "import", file);
        Assert.Equal((ExitCode.Untrusted, "1 contacts taken over, 1 left as they were\n"), (result.Code, result.Out));
        Assert.StartsWith("nes: bob has other keys here", result.OneErrorLine, StringComparison.Ordinal);
        Assert.Contains(Known.ToGroups(), (await _cli.RunAsync("contacts", "show", "bob")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"user":"dave","standing":"accepted"}""", """{"user":"dave"}""")]
    [InlineData("""{"user":"dave","standing":"accepted"}""", """{"user":"alice","standing":"accepted"}""")]
    [InlineData("""{"user":"dave","standing":"accepted"}""", """{"user":"eve","standing":"accepted","alias":"Bob"}""")]
    public async Task Import_takes_nothing_of_a_file_that_is_wrong_somewhere(params string[] lines)
    {
        await RememberAsync();
        var result = await _cli.RunAsync("contacts", "import", Write(lines));
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("nothing was taken over", result.OneErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain("dave", (await _cli.RunAsync("contacts")).Out, StringComparison.Ordinal);
    }

    private static string[] Lines(string output) => output.TrimEnd('\n').Split('\n');

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private string Write(params string[] lines)
    {
        var file = Path.Combine(_cli.Home, "contacts.jsonl");
        File.WriteAllLines(file, lines);
        return file;
    }

    /// <summary>Bob, whom alice wrote to and whose message still waits, and mallory, who wrote to alice.</summary>
    private async Task RememberAsync(Fingerprint? offered = null)
    {
        await using var store = SqliteMessageStore.Open(State, TimeProvider.System);
        await store.SeeKeysAsync(Bob, new ShownKeys(Known, Vouching.Proved), default);
        if (offered is { } other) await store.SeeKeysAsync(Bob, new ShownKeys(other, Vouching.Proved), default);
        await store.QueueAsync(MessageId.New(TimeProvider.System), new Message(Alice, Bob, DateTimeOffset.UtcNow, "Hello"), default);
        await store.SeeKeysAsync(Mallory, new ShownKeys(Offered, Vouching.Plain), default);
        var spooled = await store.SpoolAsync([new byte[1]], default);
        await store.ReceiveAsync(spooled[0], new ReceivedContent(new Message(Mallory, Alice, DateTimeOffset.UtcNow, "buy"), SHA256.HashData(Encoding.UTF8.GetBytes("buy")), false, false), default);
    }
}

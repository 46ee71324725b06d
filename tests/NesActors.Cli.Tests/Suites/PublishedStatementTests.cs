using System.Text.Json;
using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Tests.Suites;

/// <summary>What a user says for suite nes2, at a real key directory: published once registered, shown, examined, and gone with the keys.</summary>
public sealed class PublishedStatementTests : IAsyncLifetime
{
    private readonly LinkedDirectory _directory = new();
    private readonly TestCli _cli = new();

    public Task InitializeAsync()
    {
        _cli.Clock = _directory.Clock;
        _cli.Variables["NES_SUITE"] = "nes2";
        return _directory.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _directory.DisposeAsync();
        _cli.Dispose();
    }

    [Fact]
    public async Task Is_published_by_register_once_the_name_is_active_and_shown_by_whois_and_doctor()
    {
        await SucceedAsync("generate", "-q");
        await SucceedAsync("register", "-q", "-e", "alice@example.org");
        await SucceedAsync("activate", _directory.LinksOf("alice")[0]);
        Assert.Empty(await StatementsAsync());

        await SucceedAsync("register", "-q", "-e", "alice@example.org");

        Assert.Equal(["nes2"], await StatementsAsync());
        Assert.Contains("for suite nes2", (await RunAsync("whois", "alice")).Out, StringComparison.Ordinal);
        Assert.Contains("has what alice says for suite nes2", await ExamineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_there_anew_when_keys_were_changed()
    {
        await JoinAsync();
        await SucceedAsync("rotate");
        Assert.Equal(["nes2"], await StatementsAsync());
        var examined = await ExamineAsync();
        Assert.Contains("has what alice says for suite nes2", examined, StringComparison.Ordinal);
        Assert.DoesNotContain("unusable", examined, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_gone_with_the_keys_where_they_were_changed_for_another_suite_alone_and_doctor_tells()
    {
        await JoinAsync();
        await SucceedAsync("rotate", "--suite", "nes1");
        Assert.Empty(await StatementsAsync());
        var examined = await ExamineAsync();
        Assert.Contains("does not have what alice says for suite nes2", examined, StringComparison.Ordinal);
        Assert.Contains("has your keys", examined, StringComparison.Ordinal);
        Assert.DoesNotContain("unusable", examined, StringComparison.Ordinal);

        await SucceedAsync("register", "-q", "-e", "alice@example.org");
        Assert.Equal(["nes2"], await StatementsAsync());
    }

    [Fact]
    public async Task Doctor_tells_when_it_is_older_than_what_is_here()
    {
        await JoinAsync();
        _directory.Clock.Advance(TimeSpan.FromDays(8));
        // To look at the own keys renews them; others have what was published before.
        Assert.Contains("something older than is here", await ExamineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_tells_when_it_is_over_soon()
    {
        await JoinAsync();
        // Under a passphrase that is not given nothing is renewed.
        _cli.Variables["NES_PASSPHRASE"] = "correct horse battery staple";
        await SucceedAsync("keys", "protect", "-q");
        _cli.Variables.Remove("NES_PASSPHRASE");
        _directory.Clock.Advance(TimeSpan.FromDays(8));
        Assert.DoesNotContain("is good until", await ExamineAsync(), StringComparison.Ordinal);
        _directory.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Contains("what alice says for suite nes2 is good until", await ExamineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_tells_when_it_is_over()
    {
        await JoinAsync();
        _cli.Variables["NES_PASSPHRASE"] = "correct horse battery staple";
        await SucceedAsync("keys", "protect", "-q");
        _cli.Variables.Remove("NES_PASSPHRASE");
        _directory.Clock.Advance(TimeSpan.FromDays(15));
        var examined = await ExamineAsync();
        Assert.Contains("expired on", examined, StringComparison.Ordinal);
        Assert.Contains("start a session: nes listen", examined, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_tells_of_it_where_all_suites_are_used_as_they_are_by_default()
    {
        _cli.Variables.Remove("NES_SUITE");
        await JoinAsync();
        var published = await ExamineAsync();
        Assert.Contains("has your keys, also for suite nes2", published, StringComparison.Ordinal);
        Assert.Contains("has what alice says for suite nes2", published, StringComparison.Ordinal);

        await SucceedAsync("rotate", "--suite", "nes1");
        var missing = await ExamineAsync();
        Assert.Contains("does not have what alice says for suite nes2", missing, StringComparison.Ordinal);
        Assert.DoesNotContain("also for suite", missing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_none_for_suite_nes1()
    {
        _cli.Variables["NES_SUITE"] = "nes1";
        await JoinAsync();
        Assert.Empty(await StatementsAsync());
        Assert.DoesNotContain("statement", await ExamineAsync(), StringComparison.Ordinal);
    }

    private async Task JoinAsync()
    {
        await SucceedAsync("generate", "-q");
        await SucceedAsync("register", "-q", "-e", "alice@example.org");
        await SucceedAsync("activate", _directory.LinksOf("alice")[0]);
        await SucceedAsync("register", "-q", "-e", "alice@example.org");
    }

    private async Task<string[]> StatementsAsync()
    {
        // By suite nes1, which reads any record.
        var result = await RunAsync("whois", "alice", "--json", "--suite", "nes1");
        Assert.Equal(ExitCode.Done, result.Code);
        using var json = JsonDocument.Parse(result.Out);
        return [.. json.RootElement.GetProperty("statements").EnumerateArray().Select(suite => suite.GetString()!)];
    }

    // Nobody is at the broker's address; that is told too, and of no interest here.
    private async Task<string> ExamineAsync() => (await RunAsync("doctor", "-b", "mqtt://127.0.0.1:1")).Out;

    private Task<CliResult> RunAsync(params string[] command) => _cli.RunAsync([.. command, .. _directory.Options]);

    private async Task SucceedAsync(params string[] command)
    {
        var result = await RunAsync(command);
        Assert.True(result.Code == ExitCode.Done && !result.Error.Contains("not published", StringComparison.Ordinal), $"nes {string.Join(' ', command)} ended with {result.Code}: {result.Error}");
    }
}

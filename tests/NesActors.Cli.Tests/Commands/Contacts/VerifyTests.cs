using System.Text.Json;
using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Tests.Commands.Contacts;

/// <summary>Safety numbers of two people who are in one directory.</summary>
public sealed class VerifyTests(TestNetwork network) : IClassFixture<TestNetwork>, IDisposable
{
    private static int _people;

    private readonly TestCli _alice = new();
    private readonly TestCli _bob = new();

    public void Dispose()
    {
        _alice.Dispose();
        _bob.Dispose();
    }

    [Fact]
    public async Task Both_see_the_same_number_and_each_marks_the_other_by_it()
    {
        var (alice, bob) = (await JoinAsync(_alice, "alice"), await JoinAsync(_bob, "bob"));
        var hers = await NumberAsync(_alice, alice, bob);
        Assert.Equal(hers, await NumberAsync(_bob, bob, alice));
        var typed = string.Join(' ', hers.Chunk(5).Select(group => new string(group)));
        var result = await RunAsync(_alice, alice, "contacts", "verify", bob, "--number", typed);
        Assert.Equal(ExitCode.Done, result.Code);
        Assert.StartsWith("The numbers are the same.", result.Out, StringComparison.Ordinal);
        Assert.Contains("verified", (await RunAsync(_alice, alice, "contacts")).Out, StringComparison.Ordinal);
        Assert.Contains($"You have verified {bob}.", (await RunAsync(_alice, alice, "contacts", "verify", bob)).Out, StringComparison.Ordinal);
        await RunAsync(_alice, alice, "contacts", "verify", bob, "--undo");
        Assert.Contains("is not verified yet", (await RunAsync(_alice, alice, "contacts", "verify", bob)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Marks_nobody_by_another_number()
    {
        var (alice, bob) = (await JoinAsync(_alice, "alice"), await JoinAsync(_bob, "bob"));
        var result = await RunAsync(_alice, alice, "contacts", "verify", bob, "--number", new string('1', 60));
        Assert.Equal((ExitCode.Untrusted, ""), (result.Code, result.Out));
        Assert.Contains("THE NUMBERS DIFFER", result.OneErrorLine, StringComparison.Ordinal);
        Assert.Contains("pinned", (await RunAsync(_alice, alice, "contacts", "show", bob)).Out, StringComparison.Ordinal);
        var json = await RunAsync(_alice, alice, "contacts", "verify", bob, "--json", "--number", new string('1', 60));
        Assert.Equal(ExitCode.Untrusted, json.Code);
        Assert.False(JsonDocument.Parse(json.Out).RootElement.GetProperty("same").GetBoolean());
        Assert.Equal(ExitCode.Usage, (await RunAsync(_alice, alice, "contacts", "verify", bob, "--number", "12345")).Code);
        Assert.Equal(ExitCode.Usage, (await RunAsync(_alice, alice, "contacts", "verify", bob, "--yes", "--undo")).Code);
    }

    [Fact]
    public async Task Looks_up_whom_nobody_wrote_to_and_pins_what_it_shows()
    {
        var (alice, bob) = (await JoinAsync(_alice, "alice"), await JoinAsync(_bob, "bob"));
        Assert.Equal(ExitCode.NotFound, (await RunAsync(_alice, alice, "contacts", "verify", bob, "--yes")).Code);
        await NumberAsync(_alice, alice, bob);
        var shown = (await RunAsync(_alice, alice, "contacts", "show", bob)).Out;
        Assert.Contains("standing     accepted", shown, StringComparison.Ordinal);
        Assert.Contains("pinned       the first seen", shown, StringComparison.Ordinal);
        Assert.Equal(ExitCode.NotFound, (await RunAsync(_alice, alice, "contacts", "verify", "nobody-here")).Code);
        Assert.Equal(ExitCode.Usage, (await RunAsync(_alice, alice, "contacts", "verify", alice)).Code);
    }

    [Fact]
    public async Task Draws_a_code_for_a_person_at_a_terminal_alone()
    {
        var (alice, bob) = (await JoinAsync(_alice, "alice"), await JoinAsync(_bob, "bob"));
        Assert.DoesNotContain('█', (await RunAsync(_alice, alice, "contacts", "verify", bob)).Out);
        _alice.IsInteractive = true;
        Assert.Contains('█', (await RunAsync(_alice, alice, "contacts", "verify", bob)).Out);
        Assert.DoesNotContain('█', (await RunAsync(_alice, alice, "contacts", "verify", bob, "--no-qr")).Out);
        _alice.Variables["TERM"] = "dumb";
        Assert.DoesNotContain('█', (await RunAsync(_alice, alice, "contacts", "verify", bob)).Out);
    }

    [Fact]
    public async Task Decides_beside_a_running_session_as_without()
    {
        var (alice, bob) = (await JoinAsync(_alice, "alice"), await JoinAsync(_bob, "bob"));
        using var stop = new CancellationTokenSource();
        using var output = new LineWatcher();
        using var notices = new LineWatcher();
        var listening = Cli.RunAsync(["listen", "-u", alice, .. network.Options], _alice.EnvironmentWith(TextReader.Null, output, notices), stop.Token);
        await notices.LineAsync(line => line == "online");
        Assert.Equal(await NumberAsync(_bob, bob, alice), await NumberAsync(_alice, alice, bob));
        Assert.Equal(ExitCode.Done, (await RunAsync(_alice, alice, "contacts", "verify", bob, "--yes")).Code);
        Assert.Equal(ExitCode.Done, (await RunAsync(_alice, alice, "contacts", "block", bob)).Code);
        await stop.CancelAsync();
        await listening;
        Assert.Matches($@"{bob} +blocked +verified", (await RunAsync(_alice, alice, "contacts")).Out);
    }

    private static async Task<string> NumberAsync(TestCli cli, string me, string other, params string[] options)
    {
        var result = await cli.RunAsync(["contacts", "verify", other, "--json", "-u", me, .. options]);
        Assert.Equal((ExitCode.Done, ""), (result.Code, result.Error));
        return JsonDocument.Parse(result.Out).RootElement.GetProperty("number").GetString()!;
    }

    private Task<string> NumberAsync(TestCli cli, string me, string other) => NumberAsync(cli, me, other, network.Options);

    private Task<CliResult> RunAsync(TestCli cli, string me, params string[] command) => cli.RunAsync([.. command, "-u", me, .. network.Options]);

    private async Task<string> JoinAsync(TestCli cli, string name)
    {
        var user = $"{name}-{Interlocked.Increment(ref _people)}";
        Assert.Equal(ExitCode.Done, (await RunAsync(cli, user, "generate", "-q")).Code);
        Assert.Equal(ExitCode.Done, (await RunAsync(cli, user, "register", "-q", "-e", $"{user}@example.org")).Code);
        return user;
    }
}

using Microsoft.Extensions.Time.Testing;
using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Keys;

namespace NesActors.Cli.Tests.Suites;

/// <summary>The keys of suite nes2 beside those of nes1: made, listed, examined, backed up, protected and exported with them.</summary>
public sealed class Nes2KeysTests : IDisposable
{
    private static readonly string[] Private = ["alice-nes2-identity", "alice-nes2-prekey-0"];
    private const string Passphrase = "correct horse battery staple";

    private readonly TestCli _cli = new();
    private readonly TestCli _elsewhere = new();

    public Nes2KeysTests() => _cli.Variables["NES_PASSPHRASE"] = _elsewhere.Variables["NES_PASSPHRASE"] = Passphrase;

    private string Folder => Path.Combine(_cli.Home, "directory");

    public void Dispose()
    {
        _cli.Dispose();
        _elsewhere.Dispose();
    }

    [Fact]
    public async Task Are_added_to_rsa_keys_that_are_there_and_leave_them()
    {
        await SucceedAsync("generate", "-q", "--suite", "nes1");
        var before = await File.ReadAllBytesAsync(_cli.PathOf("alice-rsa-sign"));

        await SucceedAsync("generate", "-q", "--suite", "nes2");

        Assert.Equal(before, await File.ReadAllBytesAsync(_cli.PathOf("alice-rsa-sign")));
        Assert.All(Private, name => Assert.True(File.Exists(_cli.PathOf(name)), name));
        Assert.True(File.Exists(_cli.PathOf("alice-statement-nes2.pub")));
        if (OperatingSystem.IsWindows()) return;
        foreach (var name in Private) Assert.Equal(FileModes.Private, File.GetUnixFileMode(_cli.PathOf(name)));
    }

    [Fact]
    public async Task Are_replaced_only_when_forced()
    {
        await SucceedAsync("generate", "-q", "--suite", "nes2");
        var before = await File.ReadAllBytesAsync(_cli.PathOf("alice-nes2-identity"));
        var refused = await _cli.RunAsync("generate", "-q", "--suite", "nes2");
        Assert.Equal(ExitCode.Usage, refused.Code);
        Assert.Contains("alice-nes2-identity", refused.OneErrorLine);
        Assert.Equal(before, await File.ReadAllBytesAsync(_cli.PathOf("alice-nes2-identity")));

        await SucceedAsync("generate", "-q", "--suite", "nes2", "--force");
        Assert.NotEqual(before, await File.ReadAllBytesAsync(_cli.PathOf("alice-nes2-identity")));
    }

    [Fact]
    public async Task Missing_ones_are_named_with_the_command_that_makes_them()
    {
        await SucceedAsync("generate", "-q", "--suite", "nes1");
        var result = await _cli.RunAsync("keys", "export-public", "--suite", "nes2", "--out", Folder);
        Assert.Equal(ExitCode.NotFound, result.Code);
        Assert.Contains("alice-nes2-identity", result.OneErrorLine);
        Assert.Contains("nes generate", result.OneErrorLine);
    }

    [Fact]
    public async Task Are_protected_and_backed_up_whichever_suite_is_in_use()
    {
        await SucceedAsync("generate", "-q", "--suite", "nes2");
        var (identity, prekey) = (await File.ReadAllBytesAsync(_cli.PathOf(Private[0])), await File.ReadAllBytesAsync(_cli.PathOf(Private[1])));

        await SucceedAsync("keys", "protect", "-q");
        Assert.All(Private, name => Assert.False(File.Exists(_cli.PathOf(name)), $"{name} is still in the clear"));
        await SucceedAsync("keys", "export-public", "-q", "--suite", "nes2", "--out", Folder);
        await SucceedAsync("backup", "-q", "--out", Path.Combine(_cli.Home, "backup"));
        var restored = await _elsewhere.RunAsync("restore", "-q", Path.Combine(_cli.Home, "backup"));

        Assert.Equal((ExitCode.Done, ""), (restored.Code, restored.Error));
        Assert.Equal(identity, await File.ReadAllBytesAsync(_elsewhere.PathOf(Private[0])));
        Assert.Equal(prekey, await File.ReadAllBytesAsync(_elsewhere.PathOf(Private[1])));
        Assert.Equal(await File.ReadAllTextAsync(_cli.PathOf("alice-statement-nes2.pub")), await File.ReadAllTextAsync(_elsewhere.PathOf("alice-statement-nes2.pub")));
        await SucceedAsync("keys", "unprotect", "-q");
        Assert.Equal(identity, await File.ReadAllBytesAsync(_cli.PathOf(Private[0])));
    }

    [Fact]
    public async Task Are_listed_with_the_fingerprint_of_the_suite()
    {
        await SucceedAsync("generate", "-q", "--suite", "nes2");
        var nes1 = await SucceedAsync("keys");
        var nes2 = await SucceedAsync("keys", "--suite", "nes2");

        Assert.All(Private.Append("alice-statement-nes2.pub"), name => Assert.Contains(name, nes1.Out));
        Assert.NotEqual(nes1.Out.Split('\n')[^2], nes2.Out.Split('\n')[^2]);
        Assert.StartsWith("Fingerprint", nes2.Out.Split('\n')[^2], StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task That_others_can_read_are_found_and_closed_by_the_doctor()
    {
        if (OperatingSystem.IsWindows()) return;
        await SucceedAsync("generate", "-q", "--suite", "nes2");
        File.SetUnixFileMode(_cli.PathOf(Private[1]), FileModes.Public);
        string[] examine = ["doctor", "--suite", "nes2", "-p", new Uri(Folder).AbsoluteUri, "-b", "mqtt://127.0.0.1:1"];

        Assert.Contains($"{_cli.PathOf(Private[1])} has mode 0644", (await _cli.RunAsync(examine)).Out);
        await _cli.RunAsync([.. examine, "--fix"]);
        Assert.Equal(FileModes.Private, File.GetUnixFileMode(_cli.PathOf(Private[1])));
    }

    [Fact]
    public async Task Are_exported_to_a_folder_that_the_doctor_then_finds_right()
    {
        await SucceedAsync("generate", "-q", "--suite", "nes2");
        var exported = await SucceedAsync("keys", "export-public", "--suite", "nes2", "--out", Folder);
        Assert.Equal(3, exported.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("already", (await SucceedAsync("keys", "export-public", "--suite", "nes2", "--out", Folder)).Out);

        var examined = await _cli.RunAsync("doctor", "--suite", "nes2", "-p", new Uri(Folder).AbsoluteUri, "-b", "mqtt://127.0.0.1:1");
        Assert.Contains("has your keys", examined.Out);
    }

    [Fact]
    public async Task That_have_expired_in_a_folder_are_found_by_the_doctor()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        _cli.Clock = clock;
        string[] examine = ["doctor", "--suite", "nes2", "-p", new Uri(Folder).AbsoluteUri, "-b", "mqtt://127.0.0.1:1"];
        await SucceedAsync("generate", "-q", "--suite", "nes2");
        await SucceedAsync("keys", "export-public", "-q", "--suite", "nes2", "--out", Folder);
        clock.Advance(TimeSpan.FromDays(15));

        Assert.Contains("expired on", (await _cli.RunAsync(examine)).Out);
        await SucceedAsync("keys", "export-public", "-q", "--suite", "nes2", "--out", Folder);
        Assert.Contains("has your keys", (await _cli.RunAsync(examine)).Out);
    }

    [Fact]
    public async Task Do_not_take_the_place_of_anothers_in_a_folder_unless_forced()
    {
        await SucceedAsync("generate", "-q", "--suite", "nes2");
        await SucceedAsync("keys", "export-public", "-q", "--suite", "nes2", "--out", Folder);
        await SucceedAsync("generate", "-q", "--force");

        var refused = await _cli.RunAsync("keys", "export-public", "-q", "--suite", "nes2", "--out", Folder);
        Assert.Equal(ExitCode.Usage, refused.Code);
        Assert.Contains("--force", refused.OneErrorLine);
        await SucceedAsync("keys", "export-public", "-q", "--suite", "nes2", "--out", Folder, "--force");
    }

    private async Task<CliResult> SucceedAsync(params string[] arguments)
    {
        var result = await _cli.RunAsync(arguments);
        Assert.True(result.Code == ExitCode.Done, $"nes {string.Join(' ', arguments)} ended with {result.Code}: {result.Error}");
        return result;
    }
}

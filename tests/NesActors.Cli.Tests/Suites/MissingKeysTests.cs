using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Tests.Suites;

/// <summary>Users from before suite nes2 get keys for it when a session starts, one that only sends too.</summary>
public sealed class MissingKeysTests : IDisposable
{
    private const string Identity = "alice-nes2-identity";

    private readonly TestCli _cli = new();

    private string Folder => Path.Combine(_cli.Home, "directory");

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Are_made_beside_those_that_are_there_and_stay()
    {
        await SucceedAsync("generate", "-q", "--suite", "nes1");
        var before = await File.ReadAllBytesAsync(_cli.PathOf("alice-rsa-sign"));
        await StartSessionAsync();
        var made = await File.ReadAllBytesAsync(_cli.PathOf(Identity));
        await StartSessionAsync();
        Assert.Equal(made, await File.ReadAllBytesAsync(_cli.PathOf(Identity)));
        Assert.Equal(before, await File.ReadAllBytesAsync(_cli.PathOf("alice-rsa-sign")));
    }

    [Fact]
    public async Task Go_under_the_passphrase_that_protects_the_others()
    {
        _cli.Variables["NES_PASSPHRASE"] = "correct horse battery staple";
        await SucceedAsync("generate", "-q", "--suite", "nes1");
        await SucceedAsync("keys", "protect", "-q");
        await StartSessionAsync();
        Assert.False(File.Exists(_cli.PathOf(Identity)));
        await SucceedAsync("keys", "unprotect", "-q");
        Assert.True(File.Exists(_cli.PathOf(Identity)));
    }

    [Fact]
    public async Task Are_not_made_where_one_suite_alone_is_used()
    {
        await SucceedAsync("generate", "-q", "--suite", "nes1");
        await StartSessionAsync("--suite", "nes1");
        Assert.False(File.Exists(_cli.PathOf(Identity)));
    }

    [Fact]
    public async Task Are_not_made_for_somebody_who_has_no_keys_at_all()
    {
        var result = await _cli.RunAsync("send", "-t", "bob", "-m", "x", "-b", "mqtt://127.0.0.1:1", "-p", new Uri(Folder).AbsoluteUri);
        Assert.Equal(ExitCode.NotFound, result.Code);
        Assert.Contains("alice-rsa-message", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_cli.PathOf(Identity)));
    }

    /// <summary>Nobody listens at the broker: the session starts, and what it should send fails.</summary>
    private async Task StartSessionAsync(params string[] options)
    {
        var result = await _cli.RunAsync(["send", "-q", "-t", "bob", "-m", "x", "-b", "mqtt://127.0.0.1:1", "-p", new Uri(Folder).AbsoluteUri, "--timeout", "1", .. options]);
        Assert.Equal(ExitCode.Network, result.Code);
    }

    private async Task SucceedAsync(params string[] arguments)
    {
        var result = await _cli.RunAsync(arguments);
        Assert.True(result.Code == ExitCode.Done, $"nes {string.Join(' ', arguments)} ended with {result.Code}: {result.Error}");
    }
}

using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Keys;

namespace NesActors.Cli.Tests.Commands;

public sealed class GenerateTests : IDisposable
{
    private readonly TestCli _cli = new();

    [Fact]
    public async Task Makes_the_four_files_of_the_original_and_tells_of_each_key()
    {
        var result = await _cli.RunAsync("generate", "-u", "Bob");
        Assert.Equal(ExitCode.Done, result.Code);
        Assert.StartsWith("-----BEGIN RSA PRIVATE KEY-----", await File.ReadAllTextAsync(_cli.PathOf("bob-rsa-message")), StringComparison.Ordinal);
        Assert.StartsWith("-----BEGIN RSA PRIVATE KEY-----", await File.ReadAllTextAsync(_cli.PathOf("bob-rsa-sign")), StringComparison.Ordinal);
        Assert.StartsWith("-----BEGIN PUBLIC KEY-----", await File.ReadAllTextAsync(_cli.PathOf("bob-rsa-message.pub")), StringComparison.Ordinal);
        Assert.StartsWith("-----BEGIN PUBLIC KEY-----", await File.ReadAllTextAsync(_cli.PathOf("bob-rsa-sign.pub")), StringComparison.Ordinal);
        Assert.Contains("Keys generated successfully.", result.Out);
        Assert.Equal(2, result.Error.Split('\n').Count(line => line.Contains("2048 bits")));
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal("0600", FileModes.ToOctal(File.GetUnixFileMode(_cli.PathOf("bob-rsa-sign"))));
        Assert.Equal("0700", FileModes.ToOctal(File.GetUnixFileMode(_cli.NesFolder)));
    }

    [Fact]
    public async Task Replaces_keys_only_when_forced()
    {
        System.IO.Directory.CreateDirectory(_cli.NesFolder);
        await File.WriteAllTextAsync(_cli.PathOf("alice-rsa-sign"), "precious");
        var refused = await _cli.RunAsync("generate", "-q");
        Assert.Equal(ExitCode.Usage, refused.Code);
        Assert.Contains("--force", refused.OneErrorLine);
        Assert.Equal(["alice-rsa-sign"], System.IO.Directory.EnumerateFiles(_cli.NesFolder).Select(Path.GetFileName));

        var forced = await _cli.RunAsync("generate", "-q", "--force");
        Assert.Equal((ExitCode.Done, "", ""), (forced.Code, forced.Out, forced.Error));
        Assert.Equal(7, System.IO.Directory.EnumerateFiles(_cli.NesFolder).Count());
        Assert.DoesNotContain("precious", await File.ReadAllTextAsync(_cli.PathOf("alice-rsa-sign")));
    }

    [Fact]
    public async Task Writes_where_the_options_say()
    {
        string File4(string name) => Path.Combine(_cli.Home, "keys", name);
        var result = await _cli.RunAsync("generate", "-q", "-k", File4("1"), "-K", File4("2"), "-j", File4("3"), "-J", File4("4"));
        Assert.Equal(ExitCode.Done, result.Code);
        Assert.Equal(["1", "2", "3", "4", "alice-nes2-identity", "alice-nes2-prekey-0", "alice-statement-nes2.pub"], System.IO.Directory.EnumerateFiles(Path.Combine(_cli.Home, "keys")).Select(Path.GetFileName).Order());
        Assert.False(System.IO.Directory.Exists(_cli.NesFolder));
    }

    [Fact]
    public async Task An_interruption_leaves_nothing_behind()
    {
        using var interrupted = new CancellationTokenSource();
        await interrupted.CancelAsync();
        var result = await _cli.RunWithInputAsync("", interrupted.Token, "generate");
        Assert.Equal(Cli.Interrupted, result.Code);
        Assert.False(System.IO.Directory.Exists(_cli.NesFolder));
    }

    public void Dispose() => _cli.Dispose();
}

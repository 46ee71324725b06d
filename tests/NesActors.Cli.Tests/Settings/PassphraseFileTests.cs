using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Tests.Settings;

public sealed class PassphraseFileTests : IDisposable
{
    private const string Right = "correct horse battery staple", Wrong = "some other words";

    private readonly TestCli _cli = new();

    [Fact]
    public async Task Unlocks_with_the_first_line_of_the_file()
    {
        await ProtectAsync();
        Assert.Equal(ExitCode.Usage, await UnlockAsync());
        _cli.WriteConfig($"NES_PASSPHRASE_FILE = {File($"{Right}\nand a remark\n")}\n");
        Assert.Equal(ExitCode.Done, await UnlockAsync());
    }

    [Fact]
    public async Task The_option_goes_before_the_passphrase_of_the_environment_and_that_before_a_file_of_the_settings()
    {
        await ProtectAsync();
        _cli.WriteConfig($"NES_PASSPHRASE_FILE = {File(Wrong)}\n");
        Assert.Equal(ExitCode.Untrusted, await UnlockAsync());
        _cli.Variables["NES_PASSPHRASE"] = Right;
        Assert.Equal(ExitCode.Done, await UnlockAsync());
        Assert.Equal(ExitCode.Untrusted, await UnlockAsync("--passphrase-file", File(Wrong)));
        _cli.Variables["NES_PASSPHRASE"] = Wrong;
        Assert.Equal(ExitCode.Done, await UnlockAsync("--passphrase-file", File(Right)));
    }

    [Fact]
    public async Task Of_several_identities_the_file_of_each_goes_before_the_environment()
    {
        await ProtectAsync();
        _cli.Variables["NES_PASSPHRASE"] = Wrong;
        string[] files = [Config("alice", File(Right)), Config("bob", File(Wrong))];
        // Alice's keys are unlocked; bob has none.
        var result = await _cli.RunAsync("serve", "--listen", "http://127.0.0.1:0", "-c", files[0], "-c", files[1]);
        Assert.Equal(ExitCode.NotFound, result.Code);
        Assert.Contains("nes generate -u bob", result.Error);
    }

    [UnixFact]
    public async Task A_file_that_everybody_may_read_is_refused()
    {
        await ProtectAsync();
        var file = File(Right);
        if (!OperatingSystem.IsWindows()) System.IO.File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var result = await _cli.RunAsync("keys", "unprotect", "--passphrase-file", file);
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains($"chmod o-r {file}", result.OneErrorLine);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\nsecond line")]
    public async Task A_file_without_a_first_line_is_said_to_be_so(string text)
    {
        await ProtectAsync();
        var result = await _cli.RunAsync("keys", "unprotect", "--passphrase-file", File(text));
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("first line is empty", result.OneErrorLine);
    }

    [Fact]
    public async Task Where_there_is_no_file_and_nobody_to_ask_it_says_whose_passphrase_is_wanted()
    {
        await ProtectAsync();
        Assert.Contains("NES_PASSPHRASE_FILE is '/nowhere'", (await _cli.RunAsync("keys", "unprotect", "--passphrase-file", "/nowhere")).OneErrorLine);
        Assert.Contains("alice-keyring", (await _cli.RunAsync("keys", "unprotect")).OneErrorLine);
    }

    public void Dispose() => _cli.Dispose();

    private async Task ProtectAsync()
    {
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("generate", "-q")).Code);
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("keys", "protect", "--passphrase-file", File(Right))).Code);
    }

    /// <summary>Does what the private keys are needed for.</summary>
    private async Task<int> UnlockAsync(params string[] options) =>
        (await _cli.RunAsync(["keys", "export-legacy", "--out", Path.Combine(_cli.Home, $"{Guid.NewGuid():N}"), .. options])).Code;

    private string Config(string user, string passphrase)
    {
        var path = Path.Combine(_cli.Home, $"{user}.config");
        System.IO.File.WriteAllText(path, $"NES_USERNAME = {user}\nMQTT_BROKER_ADDRESS = mqtt://127.0.0.1:9\nPUBKEY_ADDRESS = file:///\nNES_PASSPHRASE_FILE = {passphrase}\n");
        return path;
    }

    private string File(string text)
    {
        var path = Path.Combine(_cli.Home, $"passphrase-{Guid.NewGuid():N}");
        System.IO.File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows()) System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead);
        return path;
    }
}

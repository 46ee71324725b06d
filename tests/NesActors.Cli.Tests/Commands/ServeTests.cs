using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Tests.Commands;

/// <summary>What <c>nes serve</c> refuses before it begins.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly TestCli _cli = new();

    [Theory]
    [InlineData("-u", "carol", "NES_USERNAME")]
    [InlineData("-k", "file", "PRIVATE_KEY_MESSAGE_FILE")]
    [InlineData("-K", "file", "PUBLIC_KEY_MESSAGE_FILE")]
    [InlineData("-j", "file", "PRIVATE_KEY_SIGN_FILE")]
    [InlineData("-J", "file", "PUBLIC_KEY_SIGN_FILE")]
    [InlineData("--state", "folder", "STATE_DIR")]
    [InlineData("--passphrase-file", "file", "NES_PASSPHRASE_FILE")]
    [InlineData("--passphrase-fd", "3", "NES_PASSPHRASE_FILE")]
    public async Task What_is_said_of_one_identity_is_refused_for_several(string option, string value, string name)
    {
        var result = await _cli.RunAsync("serve", "-c", File("alice"), "-c", File("bob"), option, value);
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains($"option {option} ", result.OneErrorLine);
        Assert.Contains(name, result.OneErrorLine);
    }

    [Theory]
    [InlineData("NES_USERNAME = alice", "both of alice")]
    [InlineData("NES_USERNAME = bob\nSTATE_DIR = /alice", "state folder /alice")]
    [InlineData("NES_USERNAME = bob\nPRIVATE_KEY_SIGN_FILE = /alice-key", "key file /alice-key")]
    public async Task Two_that_would_get_into_each_other_s_way_are_refused(string second, string named)
    {
        var (one, two) = (File("alice", "STATE_DIR = /alice\nPRIVATE_KEY_SIGN_FILE = /alice-key"), Path.Combine(_cli.Home, "second.config"));
        await System.IO.File.WriteAllTextAsync(two, second + "\n");
        var result = await _cli.RunAsync("serve", "-c", one, "-c", two);
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.All(new[] { one, two, named }, word => Assert.Contains(word, result.OneErrorLine));
    }

    [Fact]
    public async Task Commands_for_one_identity_take_one_file()
    {
        var result = await _cli.RunAsync("-c", File("alice"), "status", "-c", File("bob"));
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.EndsWith("see: nes status --help", result.OneErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_keys_it_says_how_to_make_them()
    {
        var result = await _cli.RunAsync("serve", "--listen", "http://127.0.0.1:0", "-b", "mqtt://127.0.0.1:9", "-p", "file:///");
        Assert.Equal((ExitCode.NotFound, ""), (result.Code, result.Out));
        Assert.Contains("nes generate -u alice", result.OneErrorLine);
    }

    public void Dispose() => _cli.Dispose();

    private string File(string user, string more = "")
    {
        var path = Path.Combine(_cli.Home, $"{user}.config");
        System.IO.File.WriteAllText(path, $"NES_USERNAME = {user}\n{more}\n");
        return path;
    }
}

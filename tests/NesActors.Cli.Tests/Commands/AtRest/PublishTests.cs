using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Attach;

namespace NesActors.Cli.Tests.Commands.AtRest;

/// <summary>What the user says for suites, published and taken back at the person's word.</summary>
public sealed class PublishTests(TestNetwork network) : IClassFixture<TestNetwork>, IDisposable
{
    private readonly TestCli _cli = new() { SystemUser = $"p{Guid.NewGuid().ToString("n")[..8]}" };

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Is_published_when_the_person_says_so()
    {
        await SucceedAsync(["generate", "-q", "--suite", "nes1"]);
        await SucceedAsync(["register", "-q", "-e", "a@example.org", "--suite", "nes1", .. network.Options]);
        Assert.Null(await StatementAsync());
        await SucceedAsync(["generate", "-q", "--suite", "nes2"]);

        var published = await SucceedAsync(["keys", "publish", .. network.Options]);
        Assert.Contains("suite nes2", published.Out, StringComparison.Ordinal);
        Assert.Contains("\u0002\0\u0004nes1\0\u0004nes2", await StatementAsync(), StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await SucceedAsync(["keys", "publish", "--json", .. network.Options])).Out);
        Assert.Equal((_cli.SystemUser, "nes2"), (json.RootElement.GetProperty("user").GetString(), json.RootElement.GetProperty("suites")[0].GetString()));
    }

    [Fact]
    public async Task Is_not_there_to_publish_where_there_are_no_keys_for_it()
    {
        await SucceedAsync(["generate", "-q", "--suite", "nes1"]);
        foreach (var verb in (string[])["publish", "withdraw"])
        {
            var refused = await _cli.RunAsync(["keys", verb, .. network.Options]);
            Assert.Equal(ExitCode.NotFound, refused.Code);
            Assert.Contains("no keys for a suite", refused.OneErrorLine, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Takes_the_place_of_another_installation_s_only_when_forced()
    {
        await JoinAsync();
        var before = await StatementAsync();
        foreach (var file in System.IO.Directory.EnumerateFiles(_cli.NesFolder, "*nes2*")) File.Delete(file);
        await SucceedAsync(["generate", "-q", "--suite", "nes2"]);

        var refused = await _cli.RunAsync(["keys", "publish", .. network.Options]);
        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains("another installation", refused.OneErrorLine, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Refused, (await _cli.RunAsync(["keys", "withdraw", .. network.Options])).Code);
        Assert.Equal(before, await StatementAsync());
        await SucceedAsync(["keys", "publish", "--force", .. network.Options]);
        Assert.NotEqual(before, await StatementAsync());
    }

    [Fact]
    public async Task Is_taken_back_by_a_newer_word_of_the_same_keys_and_said_again_by_publishing()
    {
        await JoinAsync();
        var withdrawn = await SucceedAsync(["keys", "withdraw", .. network.Options]);
        Assert.Contains("--suite nes1", withdrawn.Out, StringComparison.Ordinal);
        Assert.Contains("\u0001\0\u0004nes1", await StatementAsync(), StringComparison.Ordinal);

        using var json = JsonDocument.Parse((await SucceedAsync(["keys", "withdraw", "--json", .. network.Options])).Out);
        Assert.Equal(("nes2", false), (json.RootElement.GetProperty("suites")[0].GetString(), json.RootElement.GetProperty("removed").GetBoolean()));
        await SucceedAsync(["keys", "publish", .. network.Options]);
        Assert.Contains("\u0002\0\u0004nes1\0\u0004nes2", await StatementAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_taken_out_of_the_directory_where_its_keys_are_lost()
    {
        await JoinAsync();
        foreach (var file in System.IO.Directory.EnumerateFiles(_cli.NesFolder, "*nes2*")) File.Delete(file);

        using var json = JsonDocument.Parse((await SucceedAsync(["keys", "withdraw", "--remove", "--json", .. network.Options])).Out);
        Assert.Equal(("nes2", true), (json.RootElement.GetProperty("suites")[0].GetString(), json.RootElement.GetProperty("removed").GetBoolean()));
        Assert.Null(await StatementAsync());
        Assert.Equal(ExitCode.NotFound, (await _cli.RunAsync(["keys", "withdraw", "--remove", .. network.Options])).Code);
    }

    [Fact]
    public async Task Is_not_taken_back_beside_a_session_that_would_say_it_again()
    {
        await JoinAsync();
        using var held = StateLock.TryTake(_cli.PathOf($"{_cli.SystemUser}.state"));
        Assert.NotNull(held);

        var refused = await _cli.RunAsync(["keys", "withdraw", .. network.Options]);
        Assert.Equal(ExitCode.Usage, refused.Code);
        Assert.Contains("end it first", refused.OneErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_taken_back_in_a_folder_that_stands_in_for_a_directory()
    {
        var folder = Path.Combine(_cli.Home, "directory");
        string[] place = ["-p", new Uri(folder).AbsoluteUri];
        await SucceedAsync(["generate", "-q"]);
        Assert.Contains("export-public", (await _cli.RunAsync(["keys", "withdraw", .. place])).OneErrorLine, StringComparison.Ordinal);
        await SucceedAsync(["keys", "export-public", "-q", "--out", folder]);
        await SucceedAsync(["keys", "withdraw", .. place]);

        Assert.Contains("\u0001\0\u0004nes1", Decode(await File.ReadAllTextAsync(Path.Combine(folder, $"{_cli.SystemUser}-statement-nes2.pub"))), StringComparison.Ordinal);
        Assert.Contains("folder of files", (await _cli.RunAsync(["keys", "withdraw", "--remove", .. place])).OneErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_what_send_advises_where_nobody_could_verify_the_message_and_then_it_goes()
    {
        var folder = Path.Combine(_cli.Home, "directory");
        string[] place = [.. network.Options[..2], "-p", new Uri(folder).AbsoluteUri];
        foreach (var user in (string[])[_cli.SystemUser, "peer"])
        {
            await SucceedAsync(["generate", "-q", "-u", user]);
            await SucceedAsync(["keys", "export-public", "-q", "-u", user, "--out", folder]);
        }
        string[] send = ["send", "-q", "-t", "peer", "-m", "hello", .. place];
        await SucceedAsync(send);
        File.Delete(Path.Combine(folder, $"{_cli.SystemUser}-statement-nes2.pub"));

        var refused = await _cli.RunAsync(send);
        Assert.Equal(ExitCode.Untrusted, refused.Code);
        Assert.Contains("nes keys publish", refused.OneErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain("ask peer", refused.OneErrorLine, StringComparison.Ordinal);
        await SucceedAsync(["keys", "publish", .. place]);
        await SucceedAsync(send);
    }

    private async Task JoinAsync()
    {
        await SucceedAsync(["generate", "-q"]);
        await SucceedAsync(["register", "-q", "-e", "a@example.org", .. network.Options]);
        Assert.NotNull(await StatementAsync());
    }

    /// <summary>As the directory serves it, byte for character.</summary>
    private async Task<string?> StatementAsync()
    {
        using var http = new HttpClient();
        using var answer = JsonDocument.Parse(await http.GetStringAsync(new Uri(new Uri(network.DirectoryAddress), $"users/{_cli.SystemUser}")));
        return answer.RootElement.GetProperty("response").TryGetProperty("statement_nes2", out var text) ? Decode(text.GetString()!) : null;
    }

    private static string Decode(string statement) => Encoding.Latin1.GetString(Base64Url.DecodeFromChars(statement));

    private async Task<CliResult> SucceedAsync(string[] arguments)
    {
        var result = await _cli.RunAsync(arguments);
        Assert.True(result.Code == ExitCode.Done, $"nes {string.Join(' ', arguments)} ended with {result.Code}: {result.Error}");
        return result;
    }
}

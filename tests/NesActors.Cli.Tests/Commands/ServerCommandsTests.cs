using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Tests.Commands;

public sealed class ServerCommandsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestCli _cli = new();

    [Fact]
    public async Task The_directory_says_where_it_is_and_serves_until_it_is_told_to_end()
    {
        var data = Path.Combine(_cli.Home, "directory");
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("directory", "keygen", "--out", Path.Combine(data, "directory.key"), "-s", "2048")).Code);
        using var stop = new CancellationTokenSource();
        using var output = new LineWatcher();
        using var log = new LineWatcher();
        var serving = Cli.RunAsync(
            ["directory", "serve", "--listen", "http://127.0.0.1:0", "--data", data, "--activation", "none"], _cli.EnvironmentWith(TextReader.Null, output, log), stop.Token);
        var address = (await output.LineAsync(line => line.StartsWith("key directory: ", StringComparison.Ordinal))).Split(' ')[^1];
        using var http = new HttpClient();
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await http.GetAsync(new Uri(new Uri(address), "users/nobody"))).StatusCode);
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Done, await serving.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_directory_s_key_is_never_overwritten()
    {
        var file = Path.Combine(_cli.Home, "d.key");
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("directory", "keygen", "--out", file, "-s", "2048")).Code);
        Assert.True(File.Exists(Path.Combine(_cli.Home, "d.pub")));
        var again = await _cli.RunAsync("directory", "keygen", "--out", file, "-s", "2048");
        Assert.Equal(ExitCode.Usage, again.Code);
        Assert.Contains(file, again.Error);
    }

    [Fact]
    public async Task A_directory_s_key_is_changed_and_what_to_hand_out_told()
    {
        var data = Path.Combine(_cli.Home, "directory");
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("directory", "keygen", "--out", Path.Combine(data, "directory.key"), "-s", "2048")).Code);
        var before = await File.ReadAllTextAsync(Path.Combine(data, "directory.pub"));
        var changed = await _cli.RunAsync("directory", "rotate-key", "--data", data, "--size", "2048");
        Assert.Equal(ExitCode.Done, changed.Code);
        Assert.Contains("changes of the key: 1", changed.Out);
        Assert.Contains(Path.Combine(data, "directory.pub"), changed.Out);
        Assert.NotEqual(before, await File.ReadAllTextAsync(Path.Combine(data, "directory.pub")));
    }

    [Fact]
    public async Task A_key_that_is_not_there_is_not_changed()
    {
        var refused = await _cli.RunAsync("directory", "rotate-key", "--data", _cli.Home);
        Assert.Equal(ExitCode.Usage, refused.Code);
        Assert.Contains("There is no key", refused.Error);
    }

    [Fact]
    public async Task The_broker_says_where_it_is_and_a_second_one_there_is_an_error()
    {
        using var stop = new CancellationTokenSource();
        using var output = new LineWatcher();
        var running = Cli.RunAsync(["broker", "--listen", "mqtt://127.0.0.1:0"], _cli.EnvironmentWith(TextReader.Null, output, TextWriter.Null), stop.Token);
        var address = (await output.LineAsync(line => line.StartsWith("broker: ", StringComparison.Ordinal))).Split(' ')[^1];
        var second = await _cli.RunAsync("broker", "--listen", address);
        Assert.Equal(ExitCode.Usage, second.Code);
        Assert.Contains("another port", second.OneErrorLine);
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Done, await running.WaitAsync(Patience));
    }

    [Fact]
    public async Task Plugins_are_listed_as_a_table_and_as_json()
    {
        var table = await _cli.RunAsync("plugins");
        Assert.Equal(ExitCode.Done, table.Code);
        Assert.Contains("nes1", table.Out);
        var json = await _cli.RunAsync("plugins", "--json");
        Assert.All(json.Out.TrimEnd('\n').Split('\n'), line => Assert.StartsWith("{\"plugin\":\"", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Plugins_are_looked_for_in_the_users_own_folder_too()
    {
        var own = System.IO.Directory.CreateDirectory(Path.Combine(_cli.NesFolder, "plugins", "Mine"));
        await File.WriteAllTextAsync(Path.Combine(own.FullName, "plugin.json"), "{");

        var result = await _cli.RunAsync("plugins", "--json");

        Assert.Contains(own.FullName, result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_plugin_is_named_with_its_reason()
    {
        var broken = System.IO.Directory.CreateDirectory(Path.Combine(_cli.Home, "plugins", "Broken"));
        await File.WriteAllTextAsync(Path.Combine(broken.FullName, "plugin.json"), "{");
        var result = await _cli.RunAsync("plugins", "--plugins", Path.Combine(_cli.Home, "plugins"));
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("Broken", result.Out);
        Assert.Contains("works", result.Out);
    }

    public void Dispose() => _cli.Dispose();
}

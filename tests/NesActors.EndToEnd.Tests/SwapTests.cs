using System.Text.Json;
using NesActors.EndToEnd.Tests.Support;

namespace NesActors.EndToEnd.Tests;

/// <summary>A stranger's suite and transport: dropped into a folder of plugins, they are there at the next start, and nothing else is changed.</summary>
public sealed class SwapTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("nes-swap-");

    public void Dispose() => _home.Delete(recursive: true);

    private string Drop => Path.Combine(_home.FullName, "drop");

    private string Keys => Path.Combine(_home.FullName, "keys");

    [Fact]
    public async Task Two_people_chat_by_what_lies_in_the_users_own_folder_of_plugins()
    {
        SamplePlugins.DropInto(Path.Combine(_home.FullName, ".nes", "plugins"));

        await ChatAsync(new NesProgram(_home.FullName) { Environment = Settings() }, "--suite", "sample1", "--transport", "folder", "-b", Drop);
    }

    [Fact]
    public async Task Two_people_chat_by_what_lies_in_a_folder_that_the_settings_name()
    {
        var plugins = Path.Combine(_home.FullName, "my-plugins");
        SamplePlugins.DropInto(plugins);

        await ChatAsync(new NesProgram(_home.FullName)
        {
            Environment = Settings(("NES_PLUGINS", plugins), ("NES_SUITE", "sample1"), ("NES_TRANSPORT", "folder"), ("MQTT_BROKER_ADDRESS", Drop)),
        });
    }

    [Fact]
    public async Task What_lies_in_a_folder_that_an_option_names_is_loaded()
    {
        var plugins = Path.Combine(_home.FullName, "my-plugins");
        SamplePlugins.DropInto(plugins);

        var result = await new NesProgram(_home.FullName).SucceedAsync("generate", "-u", "alice", "--suite", "sample1", "--plugins", plugins);

        Assert.Contains("alice-sample1-seeds", result.Output, StringComparison.Ordinal);
        Assert.Contains("Next: nes keys export-public -u alice --suite sample1 --out FOLDER", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_dropped_in_is_listed_with_where_it_lies()
    {
        var own = Path.Combine(_home.FullName, ".nes", "plugins");
        SamplePlugins.DropInto(own);

        var listed = (await new NesProgram(_home.FullName).SucceedAsync("plugins", "--json")).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(line => line.GetProperty("plugin").GetString()!);

        foreach (var (id, kind, name) in (ReadOnlySpan<(string, string, string)>)[("Sample.Suite", "suite", "sample1"), ("Sample.Folder", "transport", "folder")])
        {
            var line = listed[id];
            Assert.Equal((kind, "1.0.0", "loaded"), (line.GetProperty("kind").GetString(), line.GetProperty("version").GetString(), line.GetProperty("state").GetString()));
            Assert.Equal(Path.Combine(own, id), line.GetProperty("folder").GetString());
            Assert.Equal([name], line.GetProperty("provides").EnumerateArray().Select(provided => provided.GetString()));
            Assert.NotEmpty(line.GetProperty("contract").GetString()!);
        }
    }

    [Fact]
    public async Task A_transport_that_does_not_take_the_address_is_named_with_what_it_takes()
    {
        SamplePlugins.DropInto(Path.Combine(_home.FullName, ".nes", "plugins"));
        var nes = new NesProgram(_home.FullName);
        await nes.SucceedAsync("generate", "-u", "alice");

        var result = await nes.RunAsync(["listen", "-u", "alice", "--transport", "folder"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("transport folder does not take the address tcp://test.mosquitto.org:1883", result.Error, StringComparison.Ordinal);
        Assert.Contains("folder://", result.Error, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Settings(params (string Key, string Value)[] more) =>
        more.Append(("STRANGERS", "accept")).ToDictionary();

    private async Task ChatAsync(NesProgram nes, params string[] how)
    {
        Directory.CreateDirectory(Drop);
        string[] all = ["-p", new Uri(Keys).AbsoluteUri, .. how];
        foreach (var user in (string[])["alice", "bob"])
        {
            await nes.SucceedAsync(["generate", "-u", user, .. all]);
            await nes.SucceedAsync(["keys", "export-public", "-u", user, "--out", Keys, .. all]);
        }
        await using var alice = nes.Start(["chat", "-u", "alice", "-t", "bob", .. all]);
        await using var bob = nes.Start(["chat", "-u", "bob", "-t", "alice", .. all]);
        await alice.NoticesAsync("online");
        await bob.NoticesAsync("online");
        await alice.WriteAsync("through a folder\n");
        await bob.SaysAsync("alice > through a folder");
        await bob.WriteAsync("and back\n");
        await alice.SaysAsync("bob > and back");

        alice.CloseInput();
        bob.CloseInput();
        Assert.Equal(0, await alice.ExitAsync());
        Assert.Equal(0, await bob.ExitAsync());
    }
}

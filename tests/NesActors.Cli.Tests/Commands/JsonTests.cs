using System.CommandLine;
using System.Text.Json;
using NesActors.Cli.Commands;
using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Tests.Commands;

/// <summary>Whatever a command tells, <c>--json</c> makes one object a line of it.</summary>
public sealed class JsonTests(TestNetwork network) : IClassFixture<TestNetwork>, IDisposable
{
    private readonly TestCli _cli = new() { SystemUser = $"amy-{Guid.NewGuid():N}"[..16] };

    [Fact]
    public void Every_command_takes_it_but_the_one_that_prints_a_script()
    {
        var without = Leaves(NesCommand.Create(CliEnvironment.OfProcess()), "nes").Where(leaf => leaf.Command.Options.All(option => option.Name != "--json")).Select(leaf => leaf.Path);
        Assert.Equal(["nes completion"], without);
    }

    [Fact]
    public async Task An_identity_from_its_making_to_its_end()
    {
        var me = _cli.SystemUser;
        Assert.Equal("0.1.0", Text(await OneAsync("version"), "version"));
        var made = await OneAsync("generate");
        // The four of RSA; identity, prekey and statement of nes2.
        Assert.Equal((me, 64, 7), (Text(made, "user"), Text(made, "fingerprint").Length, made.GetProperty("files").GetArrayLength()));
        var registered = await OneAsync(["register", "-e", "amy@example.org", .. network.Options]);
        Assert.Equal((me, "now", true), (Text(registered, "user"), Text(registered, "registered"), registered.GetProperty("active").GetBoolean()));
        Assert.True(File.Exists(Text(registered, "revocation")));
        Assert.Equal("before", Text(await OneAsync(["register", "-e", "amy@example.org", .. network.Options]), "registered"));

        var rotated = await OneAsync(["rotate", .. network.Options]);
        Assert.NotEqual(Text(made, "fingerprint"), Text(rotated, "fingerprint"));
        Assert.True(rotated.GetProperty("previous").GetBoolean());
        Assert.False((await OneAsync(["rotate", "--forget-previous", .. network.Options])).GetProperty("previous").GetBoolean());
        Assert.Equal("none", Text(await OneAsync(["recover", "--status", .. network.Options]), "state"));

        Assert.True((await OneAsync(["revoke", "--yes", .. network.Options])).GetProperty("revoked").GetBoolean());
    }

    [Fact]
    public async Task Links_of_mails_and_a_recovery()
    {
        var me = _cli.SystemUser;
        var directory = new LinkedDirectory();
        await directory.InitializeAsync();
        try
        {
            await OneAsync("generate");
            Assert.False((await OneAsync(["register", "-e", "amy@example.org", .. directory.Options])).GetProperty("active").GetBoolean());
            var activated = await OneAsync(["activate", directory.LinksOf(me)[0], .. directory.Options]);
            Assert.Equal((me, "activate"), (Text(activated, "user"), Text(activated, "action")));

            await OneAsync("generate", "--force");
            var asked = await OneAsync(["recover", .. directory.Options]);
            Assert.Equal((me, "requested"), (Text(asked, "user"), Text(asked, "state")));
            Assert.Equal("recover", Text(await OneAsync(["activate", directory.LinksOf(me)[2], .. directory.Options]), "action"));
            var status = await OneAsync(["recover", "--status", .. directory.Options]);
            Assert.Equal(("confirmed", Text(asked, "sign_key")), (Text(status, "state"), Text(status, "sign_key")));
            Assert.Matches(@"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\z", Text(status, "after"));
        }
        finally
        {
            await directory.DisposeAsync();
        }
    }

    [Fact]
    public async Task Leaving_the_directory()
    {
        await JoinAsync();
        var left = await OneAsync(["unregister", "--yes", .. network.Options]);
        Assert.True(left.GetProperty("deleted").GetBoolean());
        Assert.NotEqual("", Text(left, "answer"));
    }

    [Fact]
    public async Task A_backup_and_its_return_with_the_time_it_was_made()
    {
        await JoinAsync();
        _cli.Variables["NES_BACKUP_PASSPHRASE"] = "correct horse battery staple";
        var file = Path.Combine(_cli.Home, "backup");
        var backup = await OneAsync("backup", "--out", file);
        Assert.Equal((file, true), (Text(backup, "file"), backup.GetProperty("state").GetBoolean()));
        var restored = await OneAsync("restore", file, "--force");
        Assert.Matches(@"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\z", Text(restored, "made_at"));
        Assert.False(restored.GetProperty("protected").GetBoolean());
        Assert.True(System.IO.Directory.Exists(Text(restored, "before")));
    }

    [Fact]
    public async Task Keys_and_their_protection()
    {
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("generate", "-q")).Code);
        _cli.Variables["NES_PASSPHRASE"] = "correct horse battery staple";
        _cli.Variables["NES_NEW_PASSPHRASE"] = "battery horse staple correct";
        Assert.True((await OneAsync("keys", "protect")).GetProperty("protected").GetBoolean());
        Assert.True((await OneAsync("keys", "protect")).GetProperty("protected").GetBoolean());
        Assert.True((await OneAsync("keys", "passphrase")).GetProperty("protected").GetBoolean());
        _cli.Variables["NES_PASSPHRASE"] = _cli.Variables["NES_NEW_PASSPHRASE"];
        Assert.Equal(4, (await OneAsync("keys", "export-legacy", "--out", Path.Combine(_cli.Home, "legacy"))).GetProperty("files").GetArrayLength());
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(_cli.Home, "public")).FullName;
        Assert.NotEqual(0, (await OneAsync("keys", "export-public", "--out", folder)).GetProperty("files").GetArrayLength());
        Assert.Equal(0, (await OneAsync("keys", "export-public", "--out", folder)).GetProperty("files").GetArrayLength());
        Assert.False((await OneAsync("keys", "unprotect")).GetProperty("protected").GetBoolean());
    }

    [Fact]
    public async Task Decisions_about_people_give_the_contact_as_it_is_then()
    {
        await JoinAsync();
        Assert.Equal("accepted", Text(await OneAsync("contacts", "accept", "carol"), "standing"));
        Assert.Equal("blocked", Text(await OneAsync("contacts", "block", "carol"), "standing"));
        Assert.NotEqual("blocked", Text(await OneAsync("contacts", "unblock", "carol"), "standing"));
        Assert.Equal("Carol", Text(await OneAsync("contacts", "alias", "carol", "Carol"), "alias"));
        Assert.True((await OneAsync("contacts", "receipts", "carol", "on")).GetProperty("read_receipts").GetBoolean());
        var told = await OneAsync("contacts", "receipts", "carol", "default", "--delivery", "off");
        Assert.Equal((false, false), (told.TryGetProperty("read_receipts", out _), told.GetProperty("delivery_receipts").GetBoolean()));
        var file = Path.Combine(_cli.Home, "contacts");
        Assert.Equal(1, (await OneAsync("contacts", "export", "--out", file)).GetProperty("contacts").GetInt32());
        Assert.Equal("carol", Text(await OneAsync("contacts", "export"), "user"));
        Assert.True((await OneAsync("contacts", "forget", "carol", "--yes")).GetProperty("forgotten").GetBoolean());
        Assert.Equal(1, (await OneAsync("contacts", "import", file)).GetProperty("taken").GetInt32());
        Assert.Equal(0, (await OneAsync("forget", "carol")).GetProperty("deleted").GetInt32());
        Assert.Equal(30, (await OneAsync("forget", "carol", "--after", "30")).GetProperty("after_days").GetInt32());
    }

    [Fact]
    public async Task Settings_with_where_they_come_from_and_without_secrets()
    {
        _cli.Variables["MQTT_USERNAME"] = "amy";
        _cli.Variables["MQTT_PASSWORD"] = "hunter2";
        var settings = (await ManyAsync("config", "-s")).ToDictionary(setting => Text(setting, "name"));
        Assert.Equal(("********", "environment"), (Text(settings["MQTT_PASSWORD"], "value"), Text(settings["MQTT_PASSWORD"], "source")));
        Assert.Equal(("http://127.0.0.1:8181", "default"), (Text(settings["NES_GATEWAY_LISTEN"], "value"), Text(settings["NES_GATEWAY_LISTEN"], "source")));
        Assert.Equal(_cli.ConfigFile, Text(await OneAsync("config", "-S"), "file"));
    }

    [Fact]
    public async Task A_directory_s_keys_and_data()
    {
        var key = await OneAsync("directory", "keygen", "--out", Path.Combine(_cli.Home, "new", "directory.key"));
        Assert.True(File.Exists(Text(key, "public")));
        var data = Path.Combine(_cli.Home, "new");
        Assert.Equal(1, (await OneAsync("directory", "rotate-key", "--data", data)).GetProperty("rev").GetInt64());
        var export = Path.Combine(_cli.Home, "export.jsonl");
        var served = await UntilAsync("public_key", "directory", "serve", "--data", data, "--listen", "http://127.0.0.1:0", "--activation", "none");
        Assert.Equal(["address", "public_key"], served.Select(line => Text(line, "kind")));
        var exported = await OneAsync("directory", "export", "--data", data, "--out", export);
        Assert.Equal((0, export), (exported.GetProperty("names").GetInt64(), Text(exported, "file")));
    }

    [Fact]
    public async Task Servers_tell_their_addresses()
    {
        Assert.StartsWith("mqtt://127.0.0.1:", Text(Assert.Single(await UntilAsync("address", "broker", "--listen", "mqtt://127.0.0.1:0")), "value"));
        Assert.Equal(["broker", "directory", "public_key"], (await UntilAsync("public_key", "up")).Select(part => Text(part, "kind")));
    }

    public void Dispose() => _cli.Dispose();

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static IEnumerable<(string Path, Command Command)> Leaves(Command command, string path)
    {
        // A command with others below it may do something by itself.
        if (command.Action is not null) yield return (path, command);
        foreach (var leaf in command.Subcommands.SelectMany(child => Leaves(child, $"{path} {child.Name}"))) yield return leaf;
    }

    private async Task JoinAsync()
    {
        await OneAsync("generate");
        await OneAsync(["register", "-e", "amy@example.org", .. network.Options]);
    }

    private async Task<JsonElement> OneAsync(params string[] arguments) => Assert.Single(await ManyAsync(arguments));

    private async Task<IReadOnlyList<JsonElement>> ManyAsync(params string[] arguments)
    {
        var result = await _cli.RunAsync([.. arguments, "--json"]);
        Assert.True(result.Code == ExitCode.Done, result.Error);
        return Parse(result.Out.TrimEnd('\n').Split('\n'));
    }

    /// <summary>For those that run until they are told to end: after a line of this kind.</summary>
    private async Task<IReadOnlyList<JsonElement>> UntilAsync(string cancelAfter, params string[] arguments)
    {
        using var stop = new CancellationTokenSource();
        using var output = new LineWatcher();
        var running = Cli.RunAsync([.. arguments, "--json"], _cli.EnvironmentWith(TextReader.Null, output, TextWriter.Null), stop.Token);
        await await Task.WhenAny(running, output.LineAsync(line => line.Contains($"\"{cancelAfter}\"", StringComparison.Ordinal)));
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Done, await running);
        return Parse(output.Lines);
    }

    private static IReadOnlyList<JsonElement> Parse(IEnumerable<string> lines) => [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];
}

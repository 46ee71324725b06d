using System.Text.Json;
using NesActors.Cli.Tests.Support;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Contacts;
using NesActors.Core.Keys;
using NesActors.Core.Storage.Sqlite;

namespace NesActors.Cli.Tests.Doctor;

public sealed class DoctorTests(TestNetwork network) : IClassFixture<TestNetwork>, IDisposable
{
    private readonly TestCli _cli = new();
    private readonly string _user = $"doc-{Guid.NewGuid():N}"[..16];

    [Fact]
    public async Task All_is_well()
    {
        await JoinAsync();
        var result = await DoctorAsync();
        Assert.Equal((ExitCode.Done, ""), (result.Code, result.Error));
        Assert.All(result.Out.TrimEnd('\n').Split('\n'), line => Assert.StartsWith("ok ", line, StringComparison.Ordinal));
        Assert.All(["settings", "keys", "plugins", "broker", "directory", "clock"], check => Assert.Contains($" {check} ", result.Out));
        Assert.Equal("", (await DoctorAsync("--quiet")).Out);
    }

    [Fact]
    public async Task Without_keys_it_says_how_to_make_them()
    {
        var result = await DoctorAsync();
        Assert.Equal(ExitCode.NotFound, result.Code);
        Assert.Contains($"nes generate -u {_user}", result.Out);
        Assert.Contains($"nes register -u {_user}", result.Out);
    }

    [UnixFact]
    public async Task Open_files_are_named_and_mended_on_request_alone()
    {
        await JoinAsync();
        _cli.WriteConfig("MQTT_BROKER_ADDRESS = mqtt://u:secret@host\n");
        string[] files = [_cli.PathOf($"{_user}-rsa-sign"), _cli.PathOf($"{_user}-rsa-message"), _cli.ConfigFile];
        foreach (var file in files) Chmod(file, FileModes.Public);
        Chmod(_cli.NesFolder, FileModes.Folder | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);

        var found = await DoctorAsync();
        Assert.Equal(ExitCode.Untrusted, found.Code);
        Assert.All([.. files, _cli.NesFolder], file => Assert.Contains(file, found.Out));
        Assert.Contains("nes doctor --fix", found.Out);
        Assert.Equal("0644", ModeOf(files[0]));

        var mended = await DoctorAsync("--fix");
        Assert.Equal(ExitCode.Done, mended.Code);
        Assert.All(files, file => Assert.Equal("0600", ModeOf(file)));
        Assert.Equal("0700", ModeOf(_cli.NesFolder));
        Assert.DoesNotContain("secret", found.Out + mended.Out);
    }

    [Fact]
    public async Task A_public_half_of_another_key_is_found()
    {
        await JoinAsync();
        File.Copy(_cli.PathOf($"{_user}-rsa-message.pub"), _cli.PathOf($"{_user}-rsa-sign.pub"), overwrite: true);
        var result = await DoctorAsync();
        Assert.Equal(ExitCode.Untrusted, result.Code);
        Assert.Contains("not the public half", result.Out);
    }

    [Fact]
    public async Task A_damaged_key_is_found()
    {
        await JoinAsync();
        await File.WriteAllTextAsync(_cli.PathOf($"{_user}-rsa-sign"), "nonsense");
        Assert.Equal(ExitCode.Untrusted, (await DoctorAsync()).Code);
    }

    [Fact]
    public async Task Other_keys_at_the_directory_are_found()
    {
        await JoinAsync();
        await _cli.RunAsync("generate", "-q", "--force", "-u", _user);
        var result = await DoctorAsync();
        Assert.Equal(ExitCode.Untrusted, result.Code);
        Assert.Contains("other keys", result.Out);
    }

    [Fact]
    public async Task A_directory_that_signs_with_another_key_is_found()
    {
        await JoinAsync();
        var result = await _cli.RunAsync(["doctor", "-u", _user, .. network.Options[..4], "-P", _cli.PathOf($"{_user}-rsa-sign.pub")]);
        Assert.Equal(ExitCode.Untrusted, result.Code);
        Assert.Contains("not the one that was given", result.Out);
    }

    [Fact]
    public async Task A_broker_and_a_directory_that_are_not_there_are_found()
    {
        await JoinAsync();
        var result = await _cli.RunAsync(
            ["doctor", "-u", _user, "-b", "mqtt://127.0.0.1:9", "-p", "http://127.0.0.1:9", .. network.Options[4..]]);
        Assert.Equal(ExitCode.Network, result.Code);
        Assert.Contains("error    broker", result.Out);
        Assert.Contains("error    directory", result.Out);
    }

    [Fact]
    public async Task A_clock_that_is_wrong_is_found()
    {
        await JoinAsync();
        _cli.Clock = new ShiftedClock(TimeSpan.FromHours(1));
        var result = await DoctorAsync();
        Assert.Contains("error    clock", result.Out);
        Assert.Equal(ExitCode.Usage, result.Code);
    }

    [Fact]
    public async Task Bad_settings_are_found_before_anything_else()
    {
        _cli.WriteConfig("FUTURE = 1\nMQTT_PROTOCOL = 4\n");
        var result = await DoctorAsync();
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("FUTURE", result.Out);
        Assert.Contains("MQTT_PROTOCOL", result.Out);
    }

    [Fact]
    public async Task A_contact_who_does_not_see_what_is_published_is_named()
    {
        await JoinAsync();
        var bob = Username.Parse("bob");
        await using (var store = SqliteMessageStore.Open(_cli.PathOf($"{_user}.state"), TimeProvider.System))
        {
            await store.SeeKeysAsync(bob, new ShownKeys(new Fingerprint(new string('1', Fingerprint.Length)), Vouching.Proved), default);
            await store.ChangeContactAsync(bob, new ContactChange.Accept(), default);
            await store.HearAsync(bob, new ContactCapabilities { Withheld = "nes2" }, default);
        }
        var result = await DoctorAsync();
        Assert.Equal(ExitCode.Done, result.Code);
        Assert.Contains("warning  contacts   bob says that they do not see what you have published for suite nes2", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_one_object_a_line()
    {
        var result = await DoctorAsync("--json");
        var findings = result.Out.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var keys = findings.Single(finding => finding.GetProperty("check").GetString() == "keys" && finding.GetProperty("level").GetString() == "error");
        Assert.Contains("nes generate", keys.GetProperty("remedy").GetString());
    }

    public void Dispose() => _cli.Dispose();

    private Task<CliResult> DoctorAsync(params string[] more) => _cli.RunAsync(["doctor", "-u", _user, .. network.Options, .. more]);

    private async Task JoinAsync()
    {
        await _cli.RunAsync("generate", "-q", "-u", _user);
        var registered = await _cli.RunAsync(["register", "-q", "-u", _user, "-e", "me@example.org", .. network.Options]);
        Assert.Equal((ExitCode.Done, ""), (registered.Code, registered.Error));
    }

    private static string ModeOf(string path) => OperatingSystem.IsWindows() ? "" : FileModes.ToOctal(File.GetUnixFileMode(path));

    private static void Chmod(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }

    private sealed class ShiftedClock(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
    }
}

using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Keys;

namespace NesActors.Cli.Tests.Commands;

public sealed class ConfigTests : IDisposable
{
    private readonly TestCli _cli = new();

    [Fact]
    public async Task Shows_those_of_the_original_first_and_as_it_does()
    {
        var result = await _cli.RunAsync("config", "-s");
        var folder = _cli.NesFolder;
        Assert.StartsWith(
            $"""
            MQTT_BROKER_ADDRESS = tcp://test.mosquitto.org:1883
            PUBKEY_ADDRESS = https://microshell.pl/pubkey
            PUBKEY_PUBLIC_KEY_FILE = 
            PRIVATE_KEY_MESSAGE_FILE = {folder}/alice-rsa-message
            PUBLIC_KEY_MESSAGE_FILE = {folder}/alice-rsa-message.pub
            PRIVATE_KEY_SIGN_FILE = {folder}/alice-rsa-sign
            PUBLIC_KEY_SIGN_FILE = {folder}/alice-rsa-sign.pub
            NES_USERNAME = alice

            """,
            result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_no_password()
    {
        _cli.Variables["MQTT_PASSWORD"] = "hunter2";
        _cli.Variables["MQTT_BROKER_ADDRESS"] = "mqtt://u:hunter2@host";
        _cli.Variables["PUBKEY_PROXY"] = "http://u:hunter2@proxy";
        var result = await _cli.RunAsync("config", "-s");
        Assert.DoesNotContain("hunter2", result.Out + result.Error);
        Assert.Contains("MQTT_BROKER_ADDRESS = mqtt://u:********@host\n", result.Out);
    }

    [Fact]
    public async Task Stores_the_true_values_and_keeps_the_rest_of_the_file()
    {
        _cli.WriteConfig("# mine\nFUTURE = 1\nNES_USERNAME = old\n");
        _cli.Variables["MQTT_USERNAME"] = "u";
        _cli.Variables["MQTT_PASSWORD"] = "p#$ '\"x";
        var result = await _cli.RunAsync("config", "-S", "-u", "Bob");
        Assert.Equal((ExitCode.Done, "Config file saved.\n"), (result.Code, result.Out));
        Assert.StartsWith("# mine\nFUTURE = 1\nNES_USERNAME = bob\n", await File.ReadAllTextAsync(_cli.ConfigFile), StringComparison.Ordinal);

        var stored = NesActors.Cli.Settings.DotEnv.Parse(await File.ReadAllTextAsync(_cli.ConfigFile));
        Assert.Equal("p#$ '\"x", stored["MQTT_PASSWORD"]);
        Assert.Equal(_cli.PathOf("bob-rsa-sign"), stored["PRIVATE_KEY_SIGN_FILE"]);
    }

    [UnixFact]
    public async Task Stores_with_mode_0600_in_a_folder_of_0700()
    {
        await _cli.RunAsync("config", "-S");
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal("0600", FileModes.ToOctal(File.GetUnixFileMode(_cli.ConfigFile)));
        Assert.Equal("0700", FileModes.ToOctal(File.GetUnixFileMode(_cli.NesFolder)));
    }

    [UnixFact]
    public async Task A_configuration_file_that_is_a_link_stays_one()
    {
        var target = Path.Combine(_cli.Home, "dotfiles");
        await File.WriteAllTextAsync(target, "");
        System.IO.Directory.CreateDirectory(_cli.NesFolder);
        File.CreateSymbolicLink(_cli.ConfigFile, target);
        await _cli.RunAsync("config", "-S", "-u", "bob");
        Assert.Contains("NES_USERNAME = bob", await File.ReadAllTextAsync(target));
    }

    [Fact]
    public async Task Refuses_to_store_what_makes_no_sense()
    {
        var result = await _cli.RunAsync("config", "-S", "-b", "localhost");
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("MQTT_BROKER_ADDRESS", result.OneErrorLine);
        Assert.False(File.Exists(_cli.ConfigFile));
    }

    [Fact]
    public async Task Names_unknown_keys_when_asked_to_be_verbose()
    {
        _cli.WriteConfig("FUTURE = 1\n");
        Assert.Equal("", (await _cli.RunAsync("config", "-s")).Error);
        Assert.Contains("FUTURE", (await _cli.RunAsync("config", "-s", "--verbose")).Error);
    }

    public void Dispose() => _cli.Dispose();
}

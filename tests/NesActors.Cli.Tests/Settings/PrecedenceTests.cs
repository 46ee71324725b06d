using NesActors.Cli.Settings;
using NesActors.Cli.Tests.Support;

namespace NesActors.Cli.Tests.Settings;

public sealed class PrecedenceTests : IDisposable
{
    private readonly TestCli _cli = new();

    /// <summary>Every key, with two values that it takes; the option where it has one.</summary>
    public static TheoryData<string> Keys => [.. SettingKeys.Known.Select(key => key.Name)];

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task The_file_goes_before_the_default(string name)
    {
        _cli.WriteConfig($"{name} = file-value\n");
        Assert.Equal(Shown(name, "file-value"), await ShowAsync(name));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task The_environment_goes_before_the_file(string name)
    {
        _cli.WriteConfig($"{name} = file-value\n");
        _cli.Variables[name] = "env-value";
        Assert.Equal(Shown(name, "env-value"), await ShowAsync(name));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task The_option_goes_before_the_environment(string name)
    {
        var key = SettingKeys.Known.Single(key => key.Name == name);
        if (key.Option is null) return;
        _cli.WriteConfig($"{name} = file-value\n");
        _cli.Variables[name] = "env-value";
        if (key.IsSwitch)
        {
            Assert.Equal("yes", await ShowAsync(name, key.Option));
            return;
        }
        Assert.Equal("option-value", await ShowAsync(name, key.Option, "option-value"));
        if (key.Short is not null) Assert.Equal("option-value", await ShowAsync(name, key.Short, "option-value"));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task An_empty_variable_hides_the_file_and_means_the_default(string name)
    {
        var byDefault = await ShowAsync(name);
        _cli.WriteConfig($"{name} = file-value\n");
        _cli.Variables[name] = "";
        Assert.Equal(byDefault, await ShowAsync(name));
    }

    [Fact]
    public async Task Options_may_stand_before_the_command()
    {
        var result = await _cli.RunAsync("-u", "carol", "config", "-s");
        Assert.Contains("NES_USERNAME = carol\n", result.Out);
    }

    [Fact]
    public async Task Key_files_follow_the_user_and_the_home()
    {
        Assert.Equal(Path.Combine(_cli.NesFolder, "bob-rsa-sign.pub"), await ShowAsync("PUBLIC_KEY_SIGN_FILE", "-u", "Bob"));
    }

    [Fact]
    public async Task Another_file_can_be_named()
    {
        var file = Path.Combine(_cli.Home, "other.env");
        File.WriteAllText(file, "export NES_USERNAME=\"dave\" # me\n");
        Assert.Equal("dave", await ShowAsync("NES_USERNAME", "-c", file));
    }

    public void Dispose() => _cli.Dispose();

    private static string Shown(string name, string value) => name == SettingKeys.BrokerPassword.Name ? Mask.Stars : value;

    private async Task<string> ShowAsync(string name, params string[] options)
    {
        var result = await _cli.RunAsync(["config", "-s", .. options]);
        Assert.Equal(0, result.Code);
        return Assert.Single(result.Out.Split('\n'), line => line.StartsWith($"{name} = ", StringComparison.Ordinal))[(name.Length + 3)..];
    }
}

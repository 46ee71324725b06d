using NesActors.Cli.Settings;
using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Tests.Settings;

/// <summary>Which transport carries the frames, and what it needs.</summary>
public sealed class TransportSettingTests : IDisposable
{
    private readonly TestCli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void The_address_decides_where_nobody_names_a_transport() => Assert.Null(Read().Transport);

    [Theory]
    [InlineData("/srv/drop", "folder", "folder:///srv/drop")]
    [InlineData("lab", "memory", "memory://lab")]
    [InlineData("host:1884", "mqtts", "mqtts://host:1884")]
    [InlineData("tcp://host", "mqtt", "tcp://host")]
    public void Whoever_names_the_transport_need_not_name_it_in_the_address(string address, string transport, string whole)
    {
        var settings = Read(("MQTT_BROKER_ADDRESS", address), ("NES_TRANSPORT", transport));

        Assert.Equal(new Uri(whole), settings.Broker.Address);
        Assert.Equal(transport, settings.Transport);
    }

    [Fact]
    public void An_address_without_host_is_one_where_it_has_a_path() =>
        Assert.Equal("/srv/drop", Read(("MQTT_BROKER_ADDRESS", "folder:///srv/drop")).Broker.Address.AbsolutePath);

    [Theory]
    [InlineData("Folder")]
    [InlineData("a b")]
    [InlineData("../x")]
    [InlineData("\u001b[2J")]
    public void What_no_transport_can_be_called_is_refused(string name)
    {
        var error = Assert.Throws<CliException>(() => Read(("NES_TRANSPORT", name)));

        Assert.Contains("NES_TRANSPORT", error.Message, StringComparison.Ordinal);
        Assert.Contains("nes plugins", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_in_an_address_without_scheme_is_not_shown()
    {
        var error = Assert.Throws<CliException>(() => Read(("MQTT_BROKER_ADDRESS", "user:hunter2@ho st"), ("NES_TRANSPORT", "mqtt")));

        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nosuch", "memory://lab", "there is no transport")]
    [InlineData("memory", "mqtt://127.0.0.1:1", "transport memory does not take the address mqtt://127.0.0.1:1")]
    [InlineData("mqtt", "memory://lab", "mqtt://…, tcp://…")]
    public async Task A_transport_that_does_not_fit_is_a_mistake(string transport, string address, string expected)
    {
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("generate")).Code);

        var result = await _cli.RunAsync("listen", "--transport", transport, "-b", address, "-p", new Uri(_cli.Home).AbsoluteUri);

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_says_that_a_transport_does_not_take_the_address()
    {
        var result = await _cli.RunAsync("doctor", "--transport", "memory", "-b", "mqtt://127.0.0.1:1", "-p", new Uri(_cli.Home).AbsoluteUri);

        Assert.Contains("transport memory does not take the address", result.Out, StringComparison.Ordinal);
    }

    private NesSettings Read(params (string Name, string Value)[] variables)
    {
        foreach (var (name, value) in variables) _cli.Variables[name] = value;
        var environment = _cli.EnvironmentWith(TextReader.Null, TextWriter.Null, TextWriter.Null);
        return new SettingsReader(SettingSources.Read(new Dictionary<string, string>(), environment, null, mayBeMissing: false), environment).Read();
    }
}

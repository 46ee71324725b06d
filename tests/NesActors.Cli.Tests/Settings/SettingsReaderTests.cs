using NesActors.Cli.Settings;
using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Contacts;

namespace NesActors.Cli.Tests.Settings;

public sealed class SettingsReaderTests : IDisposable
{
    private readonly TestCli _cli = new();

    [Fact]
    public void The_defaults_are_those_of_the_original()
    {
        var settings = Read();
        Assert.Equal("alice", settings.User.Value);
        Assert.Equal(new Uri("tcp://test.mosquitto.org:1883"), settings.Broker.Address);
        Assert.Equal(new Uri("https://microshell.pl/pubkey"), settings.Provider);
        Assert.Equal(_cli.PathOf("alice-rsa-message"), settings.KeyFiles["rsa-message"]);
        Assert.Null(settings.Broker.Credentials);
        Assert.Empty(settings.Broker.Extra);
        Assert.False(settings.AllowOpenKeys);
    }

    [Theory]
    [InlineData("on", false, null)]
    [InlineData("OFF", true, null)]
    [InlineData("30", false, 30)]
    public void History_is_on_off_or_a_number_of_days(string text, bool isOff, int? days)
    {
        var history = Read(("HISTORY", text)).History;
        Assert.Equal((isOff, days), (history.IsOff, (int?)history.Limit?.TotalDays));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("36501")]
    [InlineData("sometimes")]
    public void Another_history_names_what_is_expected(string text) =>
        Assert.Contains("expected on, off, or a number of days", Assert.Throws<CliException>(() => Read(("HISTORY", text))).Message, StringComparison.Ordinal);

    [Fact]
    public void Strangers_and_key_changes_are_the_person_s_matter_unless_something_else_is_said()
    {
        Assert.Equal(new ContactPolicy { Strangers = StrangerPolicy.Ask, KeyChanges = KeyChangePolicy.Ask }, Read().ContactPolicy);
        Assert.Equal(
            new ContactPolicy { Strangers = StrangerPolicy.Refuse, KeyChanges = KeyChangePolicy.AcceptSignedChange },
            Read(("STRANGERS", "REFUSE"), ("KEY_CHANGES", "accept-signed-change")).ContactPolicy);
        Assert.Equal(
            new ContactPolicy { Strangers = StrangerPolicy.Accept, KeyChanges = KeyChangePolicy.Never }, Read(("STRANGERS", "accept"), ("KEY_CHANGES", "never")).ContactPolicy);
    }

    [Fact]
    public void What_comes_by_an_older_suite_is_shown_unless_it_is_to_be_refused()
    {
        Assert.Equal(OlderSuitePolicy.Warn, Read().ContactPolicy.OlderSuite);
        Assert.Equal(OlderSuitePolicy.Refuse, Read(("OLDER_SUITE", "refuse")).ContactPolicy.OlderSuite);
        Assert.Contains("expected warn or refuse", Assert.Throws<CliException>(() => Read(("OLDER_SUITE", "maybe"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Contacts_are_told_what_was_read_only_where_that_is_said()
    {
        Assert.False(Read().ContactPolicy.SendReadReceipts);
        Assert.True(Read(("READ_RECEIPTS", "on")).ContactPolicy.SendReadReceipts);
        Assert.True(Read().ContactPolicy.SendDeliveryReceipts);
        Assert.False(Read(("DELIVERY_RECEIPTS", "off")).ContactPolicy.SendDeliveryReceipts);
        Assert.Contains("expected on or off", Assert.Throws<CliException>(() => Read(("DELIVERY_RECEIPTS", "1"))).Message, StringComparison.Ordinal);
        Assert.Contains("expected on or off", Assert.Throws<CliException>(() => Read(("READ_RECEIPTS", "maybe"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void User_and_password_of_the_url_go_first_and_leave_the_address()
    {
        var settings = Read(("MQTT_BROKER_ADDRESS", "mqtt://u%40x:p%3Aw@host:1884"), ("MQTT_USERNAME", "other"), ("MQTT_PASSWORD", "another"));
        Assert.Equal("u@x", settings.Broker.Credentials!.User);
        Assert.Equal("p:w", settings.Broker.Credentials.Password);
        Assert.Equal("", settings.Broker.Address.UserInfo);
        Assert.Equal(1884, settings.Broker.Address.Port);
    }

    [Fact]
    public void All_of_the_broker_s_settings_reach_the_transport()
    {
        var settings = Read(
            ("MQTT_BROKER_ADDRESS", "mqtts://host"), ("MQTT_USERNAME", "u"), ("MQTT_PASSWORD", "p"), ("MQTT_CA_FILE", "/ca"), ("MQTT_CERT_FILE", "/cert"),
            ("MQTT_KEY_FILE", "~/key"), ("MQTT_PROTOCOL", "5"));
        Assert.Equal(("u", "p"), (settings.Broker.Credentials!.User, settings.Broker.Credentials.Password));
        Assert.Equal(("/ca", "/cert", Path.Combine(_cli.Home, "key")), (settings.Broker.Tls.CaFile, settings.Broker.Tls.CertificateFile, settings.Broker.Tls.KeyFile));
        Assert.Equal("5", settings.Broker.Extra["protocol"]);
    }

    [Theory]
    [InlineData("NES_USERNAME", "al", "3 to 32")]
    [InlineData("NES_USERNAME", "no blanks", "3 to 32")]
    [InlineData("MQTT_BROKER_ADDRESS", "localhost:1883", "tcp://")]
    [InlineData("MQTT_BROKER_ADDRESS", "tcp://", "tcp://")]
    [InlineData("PUBKEY_ADDRESS", "ftp://host", "https://")]
    [InlineData("PUBKEY_ADDRESS", "host", "https://")]
    [InlineData("PUBKEY_ADDRESS", "https://host/?q", "https://")]
    [InlineData("PUBKEY_PROXY", "host:8080", "socks5://")]
    [InlineData("MQTT_PROTOCOL", "4", "3.1.1")]
    [InlineData("MQTT_PASSWORD", "hunter2", "MQTT_USERNAME")]
    [InlineData("MQTT_KEY_FILE", "/key", "MQTT_CERT_FILE")]
    [InlineData("ALLOW_OPEN_KEYS", "perhaps", "yes or no")]
    [InlineData("STRANGERS", "never", "ask, accept or refuse")]
    [InlineData("STRANGERS", "1", "ask, accept or refuse")]
    [InlineData("KEY_CHANGES", "accept", "ask, accept-signed-change or never")]
    public void A_bad_value_names_the_key_its_source_and_what_is_right(string name, string value, string right)
    {
        var error = Assert.Throws<CliException>(() => Read((name, value)));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains(name, error.Message);
        Assert.Contains("environment", error.Message);
        Assert.Contains(right, error.Message);
        Assert.DoesNotContain("hunter2", error.Message);
    }

    [Fact]
    public void A_bad_address_is_named_without_its_password()
    {
        var error = Assert.Throws<CliException>(() => Read(("MQTT_BROKER_ADDRESS", "user:hunter2@host")));
        Assert.DoesNotContain("hunter2", error.Message);
    }

    [Fact]
    public async Task A_bad_line_of_the_file_is_named_by_number()
    {
        _cli.WriteConfig("NES_USERNAME=bob\nwhat is this\n");
        var result = await _cli.RunAsync("config", "-s");
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("line 2", result.OneErrorLine);
    }

    [Fact]
    public async Task A_file_that_was_named_must_be_there()
    {
        var result = await _cli.RunAsync("config", "-s", "-c", Path.Combine(_cli.Home, "none"));
        Assert.Equal(ExitCode.NotFound, result.Code);
        Assert.Contains("config -S", result.OneErrorLine);
    }

    public void Dispose() => _cli.Dispose();

    private NesSettings Read(params (string Name, string Value)[] variables)
    {
        foreach (var (name, value) in variables) _cli.Variables[name] = value;
        var environment = _cli.EnvironmentWith(TextReader.Null, TextWriter.Null, TextWriter.Null);
        return new SettingsReader(SettingSources.Read(new Dictionary<string, string>(), environment, null, mayBeMissing: false), environment).Read();
    }
}

using NesActors.Cli.Settings.Gateway;
using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Tests.Settings;

public sealed class GatewaySettingsTests : IDisposable
{
    private readonly TestCli _cli = new();

    [Fact]
    public void All_of_them_reach_the_gateway()
    {
        _cli.WriteConfig("NES_GATEWAY_LISTEN = https://0.0.0.0:443\nNES_GATEWAY_CERT_FILE = ~/cert.pem\nNES_GATEWAY_KEY_FILE = ~/key.pem\nNES_GATEWAY_ALLOW_PLAIN = yes\nNES_GATEWAY_METRICS = http://127.0.0.1:9465\n"
            + "NES_GATEWAY_HOSTS = a.example.org, b.example.org\nNES_GATEWAY_ORIGINS = https://c.example.org\nNES_GATEWAY_RATE = 7\nNES_GATEWAY_BURST = 8\nNES_GATEWAY_LIMITS = off\nNES_GATEWAY_PRIVATE_WEBHOOKS = yes\nNES_GATEWAY_TRUSTED_PROXIES = 127.0.0.1, 2001:db8::/32\n");
        var settings = Read([]);
        var network = settings.Network;
        Assert.Equal((new Uri("https://0.0.0.0:443"), new Uri("http://127.0.0.1:9465"), true), (network.Listen, network.Metrics, network.MayBePlain));
        Assert.Equal((Path.Combine(_cli.Home, "cert.pem"), Path.Combine(_cli.Home, "key.pem")), (network.CertificateFile, network.CertificateKeyFile));
        Assert.Equal(["a.example.org", "b.example.org"], network.Hosts);
        Assert.Equal(["https://c.example.org"], network.Origins);
        Assert.Equal(["127.0.0.1/32", "2001:db8::/32"], network.TrustedProxies.Select(proxy => proxy.ToString()));
        Assert.Equal(new GatewayLimits { Rate = 7, Burst = 8, AreEnforced = false }, settings.Limits);
        Assert.True(settings.MayCallPrivateAddresses);
    }

    [Fact]
    public void Without_any_it_listens_on_loopback_with_limits()
    {
        var settings = Read([]);
        Assert.Equal((new Uri("http://127.0.0.1:8181"), null, false), (settings.Network.Listen, settings.Network.Metrics, settings.Network.MayBePlain));
        Assert.Equal(new GatewayLimits(), settings.Limits);
        Assert.False(settings.MayCallPrivateAddresses);
    }

    [Fact]
    public void One_file_of_several_may_say_it_for_all_and_the_environment_goes_before_it()
    {
        var files = Files("NES_GATEWAY_RATE = 7\nNES_GATEWAY_BURST = 8\n", "NES_USERNAME = bob\nNES_GATEWAY_RATE = 7\n");
        _cli.Variables["NES_GATEWAY_BURST"] = "9";
        Assert.Equal(new GatewayLimits { Rate = 7, Burst = 9 }, Read(files).Limits);
    }

    [Fact]
    public void Files_that_disagree_are_refused_unless_something_goes_before_them()
    {
        var files = Files("NES_GATEWAY_RATE = 7\n", "NES_GATEWAY_RATE = 8\n");
        var error = Assert.Throws<CliException>(() => Read(files));
        Assert.All(new[] { "NES_GATEWAY_RATE", "'7'", "'8'", files[0], files[1], "--rate" }, word => Assert.Contains(word, error.Message));
        _cli.Variables["NES_GATEWAY_RATE"] = "9";
        Assert.Equal(9, Read(files).Limits.Rate);
    }

    [Theory]
    [InlineData("NES_GATEWAY_LISTEN", "127.0.0.1:8181")]
    [InlineData("NES_GATEWAY_METRICS", "nowhere")]
    [InlineData("NES_GATEWAY_TRUSTED_PROXIES", "proxy.example.org")]
    [InlineData("NES_GATEWAY_RATE", "0")]
    [InlineData("NES_GATEWAY_BURST", "many")]
    [InlineData("NES_GATEWAY_LIMITS", "some")]
    [InlineData("NES_GATEWAY_ALLOW_PLAIN", "perhaps")]
    [InlineData("NES_GATEWAY_KEY_FILE", "key-without-certificate.pem")]
    [InlineData("NES_GATEWAY_LIMIT", "off")]
    public async Task What_makes_no_sense_is_named_with_its_source(string name, string value)
    {
        _cli.Variables[name] = value;
        var result = await _cli.RunAsync("serve");
        Assert.Equal((ExitCode.Usage, ""), (result.Code, result.Out));
        Assert.Contains(name, result.OneErrorLine);
        Assert.Contains("environment", result.OneErrorLine);
    }

    [Fact]
    public async Task A_slip_of_the_pen_in_a_file_is_an_error_and_doctor_says_so()
    {
        _cli.WriteConfig("NES_GATEWAY_LIMTS = off\n");
        var served = await _cli.RunAsync("serve");
        Assert.Equal(ExitCode.Usage, served.Code);
        Assert.Contains("NES_GATEWAY_LIMTS", served.OneErrorLine);
        Assert.Contains("NES_GATEWAY_LIMTS", (await _cli.RunAsync("doctor")).Out);
    }

    [Fact]
    public async Task Names_of_the_gateway_are_no_unknown_ones()
    {
        _cli.WriteConfig("NES_GATEWAY_LISTEN = http://127.0.0.1:8181\n");
        Assert.DoesNotContain("which is no setting", (await _cli.RunAsync("config", "-s", "--verbose")).Error);
    }

    [Fact]
    public async Task Stores_of_the_gateway_what_somebody_said_alone()
    {
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("config", "-S", "--host", "a.example.org", "--host", "b.example.org")).Code);
        var stored = await File.ReadAllTextAsync(_cli.ConfigFile);
        Assert.Contains("NES_GATEWAY_HOSTS = a.example.org,b.example.org\n", stored);
        Assert.DoesNotContain("NES_GATEWAY_LISTEN", stored);
    }

    public void Dispose() => _cli.Dispose();

    private GatewaySettings Read(string[] files)
    {
        var environment = _cli.EnvironmentWith(TextReader.Null, TextWriter.Null, TextWriter.Null);
        return new GatewaySettingsReader(GatewaySources.Read(new Dictionary<string, string>(), environment, files), environment).Read();
    }

    private string[] Files(params string[] texts)
    {
        var files = texts.Select((_, index) => Path.Combine(_cli.Home, $"{index}.config")).ToArray();
        foreach (var (file, text) in files.Zip(texts)) File.WriteAllText(file, text);
        return files;
    }
}

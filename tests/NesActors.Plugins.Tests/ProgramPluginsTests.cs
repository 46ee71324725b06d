namespace NesActors.Plugins.Tests;

/// <summary>The plugins that come with the program, as the build lays them out.</summary>
public sealed class ProgramPluginsTests
{
    public static TheoryData<string> Plugins { get; } = [.. Directory.GetDirectories(PluginCatalog.ProgramFolder).Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Plugins))]
    public void Has_its_own_files_and_no_contract(string id)
    {
        var folder = Path.Combine(PluginCatalog.ProgramFolder, id);

        Assert.All([$"{id}.dll", $"{id}.deps.json", "plugin.json"], name => Assert.True(File.Exists(Path.Combine(folder, name)), name));
        Assert.False(File.Exists(Path.Combine(folder, "NesActors.Contracts.dll")));
    }

    [Theory]
    [InlineData("NesActors.Crypto.RsaAes", "NesActors.Rsa.dll")]
    [InlineData("NesActors.Crypto.RsaAes", "BouncyCastle.Cryptography.dll")]
    [InlineData("NesActors.Crypto.Nes2", "Geralt.dll")]
    [InlineData("NesActors.Crypto.Nes2", "NesActors.Rsa.dll")]
    [InlineData("NesActors.Transport.Mqtt", "MQTTnet.dll")]
    public void Brings_what_it_needs(string id, string library) => Assert.True(File.Exists(Path.Combine(PluginCatalog.ProgramFolder, id, library)));

    [Fact]
    public void Together_they_provide_what_the_program_needs()
    {
        var catalog = PluginCatalog.Scan(PluginCatalog.ProgramFolder);

        Assert.All(catalog.Entries, entry => Assert.Null(entry.Reason));
        Assert.Equal(["nes1", "nes2"], catalog.Names(PluginKind.Suite));
        Assert.Empty(new[] { "memory", "mqtt", "tcp", "mqtts", "ssl", "tls", "ws", "wss" }.Except(catalog.Names(PluginKind.Transport)));
        Assert.Empty(new[] { "listen", "chat" }.Except(catalog.Names(PluginKind.FrontEnd)));
    }

    [Fact]
    public async Task Each_of_them_loads()
    {
        var report = await PluginCatalog.Scan(PluginCatalog.ProgramFolder).LoadAllAsync();

        Assert.All(report.Plugins, plugin => Assert.Equal((plugin.Name, PluginState.Loaded, null), (plugin.Name, plugin.State, plugin.Reason)));
    }
}

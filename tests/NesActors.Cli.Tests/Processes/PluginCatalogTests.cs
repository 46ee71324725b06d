using NesActors.Cli.Hosting;
using NesActors.Cli.Tests.Support;

namespace NesActors.Cli.Tests.Processes;

public sealed class PluginCatalogTests : IDisposable
{
    private readonly TestCli _cli = new();

    [Fact]
    public void Identities_of_one_run_share_plugins_that_lie_in_the_same_folders_and_no_others()
    {
        var plugins = new PluginCatalogs(_cli.EnvironmentWith(TextReader.Null, TextWriter.Null, TextWriter.Null));
        var more = Path.Combine(_cli.Home, "more");

        Assert.Same(plugins.Of([]), plugins.Of([]));
        Assert.Same(plugins.Of([more]), plugins.Of([more]));
        Assert.NotSame(plugins.Of([]), plugins.Of([more]));
    }

    [Fact]
    public void Of_a_shared_plugin_each_has_a_suite_of_its_own()
    {
        var catalog = new PluginCatalogs(_cli.EnvironmentWith(TextReader.Null, TextWriter.Null, TextWriter.Null)).Of([]);

        var (one, other) = (catalog.Suite("nes1"), catalog.Suite("nes1"));

        Assert.NotSame(one, other);
        Assert.Same(one.GetType(), other.GetType());
    }

    public void Dispose() => _cli.Dispose();
}

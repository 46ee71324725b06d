using System.Runtime.Loader;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.Contracts.Transport;

namespace NesActors.Plugins.Tests;

public sealed class CatalogTests
{
    [Fact]
    public void Scanning_loads_nothing()
    {
        using var folder = PluginsFolder.With("Fixture.Good");

        var catalog = folder.Scan();

        Assert.Equal(["good"], catalog.Names(PluginKind.Transport));
        Assert.DoesNotContain(AssemblyLoadContext.All.SelectMany(context => context.Assemblies), Is(folder));
        catalog.Transport("good");
        Assert.Contains(AssemblyLoadContext.All.SelectMany(context => context.Assemblies), Is(folder));

        static Predicate<System.Reflection.Assembly> Is(PluginsFolder folder) =>
            assembly => !assembly.IsDynamic && assembly.Location.StartsWith(folder.Root, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transport_of_a_plugin_carries_frames_and_is_a_new_object_each_time()
    {
        using var folder = PluginsFolder.With("Fixture.Good");
        var make = folder.Scan().Transport("good");
        await using var transport = make();
        await using var other = make();
        var arrived = new List<InboundFrame>();

        await transport.ConnectAsync(new TransportOptions(new Uri("good://anywhere")), arrived.Add, CancellationToken.None);
        var result = await transport.PublishAsync(Username.Parse("bob"), new byte[] { 1, 2, 3 }, CancellationToken.None);

        Assert.NotSame(transport, other);
        Assert.Equal(PublishResult.Confirmed, result);
        Assert.Equal([1, 2, 3], Assert.Single(arrived).Payload.ToArray());
    }

    [Fact]
    public void A_suite_of_a_plugin_goes_by_its_name()
    {
        using var folder = PluginsFolder.With("Fixture.Suite");

        Assert.Equal("toy", folder.Scan().Suite("toy").Id);
    }

    [Fact]
    public async Task A_plugin_has_its_own_version_of_a_library_that_the_program_has_too()
    {
        using var folder = PluginsFolder.With("Fixture.PrivateDependency");
        var programs = AssemblyLoadContext.Default.LoadFromAssemblyName(new System.Reflection.AssemblyName("Newtonsoft.Json"));
        using var output = new StringWriter();
        var request = new FrontEndRequest("private", new FrontEndConsole(TextReader.Null, output, TextWriter.Null, false));

        await folder.Scan().FrontEnd("private").RunAsync(request, null!, CancellationToken.None);

        Assert.Equal(13, programs.GetName().Version!.Major);
        Assert.Equal("Newtonsoft.Json 12.0.0.0", output.ToString().Trim());
    }

    [Fact]
    public void A_name_that_nothing_provides_is_an_error_that_says_what_there_is()
    {
        using var folder = PluginsFolder.With("Fixture.Good", "Fixture.Suite", "Fixture.NewerContract");
        var catalog = folder.Scan();

        Assert.Equal(
            "there is no suite nes9; there is toy (1 plugin could not be used: nes plugins says why)",
            Assert.Throws<PluginException>(() => catalog.Suite("nes9")).Message);
        Assert.Equal(
            "there is no transport for addresses of the scheme mqtt; there is good (1 plugin could not be used: nes plugins says why)",
            Assert.Throws<PluginException>(() => catalog.Transport("mqtt")).Message);
    }

    [Fact]
    public void A_name_of_a_plugin_that_was_rejected_is_an_error_that_says_why()
    {
        using var folder = PluginsFolder.With("Fixture.NewerContract");

        var error = Assert.Throws<PluginException>(() => folder.Scan().FrontEnd("newer"));

        Assert.Equal(
            "plugin Fixture.NewerContract, which provides the front-end newer, is not used: it is built for contract 9.0, newer than this program's 0.6: it needs a newer program",
            error.Message);
    }

    [Fact]
    public void A_name_of_one_kind_is_none_of_another()
    {
        using var folder = PluginsFolder.With("Fixture.Good");

        Assert.Throws<PluginException>(() => folder.Scan().FrontEnd("good"));
    }

    [Fact]
    public void A_plugin_that_fails_names_itself_and_fails_alike_again()
    {
        using var folder = PluginsFolder.With("Fixture.MissingDependency");
        var catalog = folder.Scan();

        var first = Assert.Throws<PluginException>(() => catalog.FrontEnd("missing"));
        var second = Assert.Throws<PluginException>(() => catalog.FrontEnd("missing"));

        Assert.Equal("plugin Fixture.MissingDependency: it needs Fixture.Library 0.1.0.0, which is not in its folder", first.Message);
        Assert.Equal(first.Message, second.Message);
    }

    [Fact]
    public async Task Several_threads_load_a_plugin_once()
    {
        using var folder = PluginsFolder.With("Fixture.Good");
        var catalog = folder.Scan();

        var made = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => catalog.Transport("good")())));

        Assert.Single(made.Select(transport => transport.GetType()).Distinct());
    }

    [Fact]
    public void A_folder_by_a_relative_path_is_refused_for_the_current_directory_may_be_anybodys() =>
        Assert.Throws<ArgumentException>(() => PluginCatalog.Scan("plugins"));

    [Fact]
    public void Hidden_and_empty_folders_and_loose_files_are_no_plugins()
    {
        using var folder = PluginsFolder.With("Fixture.Good").Write(".hidden", "{}");
        Directory.CreateDirectory(folder.Of("Empty"));
        File.WriteAllText(Path.Combine(folder.Root, "README.md"), "");

        Assert.Equal("Fixture.Good", Assert.Single(folder.Scan().Entries).Name);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_reported_and_the_others_work()
    {
        using var folder = PluginsFolder.With("Fixture.Good");
        var missing = Path.Combine(folder.Root, "nowhere");

        var catalog = PluginCatalog.Scan(missing, folder.Root);
        var report = await catalog.LoadAllAsync();

        Assert.Equal([new PluginFolder(missing, "there is no such folder"), new PluginFolder(folder.Root, null)], report.Folders);
        Assert.False(report.IsClean);
        Assert.NotNull(catalog.Transport("good"));
    }
}

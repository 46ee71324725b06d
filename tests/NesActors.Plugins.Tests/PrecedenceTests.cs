using System.Text.Json.Nodes;

namespace NesActors.Plugins.Tests;

public sealed class PrecedenceTests
{
    [Fact]
    public void An_added_folder_cannot_take_the_id_of_a_plugin_of_the_program()
    {
        using var program = PluginsFolder.With("Fixture.Good");
        using var added = PluginsFolder.With("Fixture.Good");

        var catalog = PluginCatalog.Scan(program.Root, added.Root);

        Assert.Equal([null, $"the id is taken by {program.Of("Fixture.Good")}"], catalog.Entries.Select(entry => entry.Reason));
        Assert.StartsWith(program.Root, catalog.Transport("good")().GetType().Assembly.Location, StringComparison.Ordinal);
    }

    [Fact]
    public void An_added_folder_cannot_take_a_name_of_a_plugin_of_the_program()
    {
        using var program = PluginsFolder.With("Fixture.Good");
        using var added = PluginsFolder.With().Add("Fixture.Good", "Another").Edit("Another", json => json["provides"] = new JsonArray("other", "good"));

        var catalog = PluginCatalog.Scan(program.Root, added.Root);

        Assert.Equal($"the transport name good is provided by Fixture.Good in {program.Of("Fixture.Good")} already", catalog.Entries[1].Reason);
        Assert.Equal(["good"], catalog.Names(PluginKind.Transport));
    }

    [Fact]
    public void Of_two_plugins_in_one_folder_that_provide_the_same_name_neither_is_used()
    {
        using var folder = PluginsFolder.With("Fixture.Good", "Fixture.Suite").Add("Fixture.Good", "Another");

        var catalog = folder.Scan();

        Assert.Empty(catalog.Names(PluginKind.Transport));
        Assert.Equal(["toy"], catalog.Names(PluginKind.Suite));
        Assert.Equal("the transport name good is provided by Fixture.Good in the same folder too: neither is used", Reason(catalog, "Another"));
        Assert.Equal("the transport name good is provided by Another in the same folder too: neither is used", Reason(catalog, "Fixture.Good"));
    }

    [Fact]
    public void Plugins_of_two_kinds_may_provide_the_same_name()
    {
        using var folder = PluginsFolder.With("Fixture.Good", "Fixture.PrivateDependency").Edit("Fixture.PrivateDependency", json => json["provides"] = new JsonArray("good"));

        Assert.All(folder.Scan().Entries, entry => Assert.Equal(PluginState.Found, entry.State));
    }

    [Fact]
    public void A_plugin_that_is_rejected_anyway_takes_nothing_from_another()
    {
        using var folder = PluginsFolder.With("Fixture.Good").Add("Fixture.Good", "Another").Edit("Another", json => json["contract"] = "9.0");

        Assert.Equal(["good"], folder.Scan().Names(PluginKind.Transport));
    }

    [Fact]
    public void A_folder_given_twice_is_looked_at_once()
    {
        using var folder = PluginsFolder.With("Fixture.Good");

        var catalog = PluginCatalog.Scan(folder.Root, folder.Root + Path.DirectorySeparatorChar, Path.Combine(folder.Root, "x", ".."));

        Assert.Equal(PluginState.Found, Assert.Single(catalog.Entries).State);
    }

    private static string? Reason(PluginCatalog catalog, string name) => catalog.Entries.Single(entry => entry.Name == name).Reason;
}

using System.Runtime.Versioning;

namespace NesActors.Plugins.Tests;

/// <summary>Plugins that others may write, in folders beside the program's own; by everybody, for a group may be the user's own.</summary>
[SupportedOSPlatform("linux")]
public sealed class UnsafeFolderTests
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Fact]
    public void A_plugin_that_others_may_write_is_not_used_and_the_others_are()
    {
        using var folder = PluginsFolder.With("Fixture.Good", "Fixture.Suite");
        Open(folder.Of("Fixture.Good"), Private);

        var catalog = Scan(folder);

        var refused = catalog.Entries.Single(entry => entry.Name == "Fixture.Good");
        Assert.Equal((PluginState.Rejected, "its folder may be written by everybody", null), (refused.State, refused.Reason, refused.Manifest));
        Assert.Equal(["toy"], catalog.Names(PluginKind.Suite));
        Assert.Equal($"plugin {folder.Of("Fixture.Good")} is not used: its folder may be written by everybody", Assert.Single(catalog.Unsafe));
    }

    [Theory]
    [InlineData("Fixture.Good.dll")]
    [InlineData("plugin.json")]
    [InlineData("runtimes/any/native/library.so")]
    public void A_plugin_of_which_others_may_write_one_file_is_not_used(string file)
    {
        using var folder = PluginsFolder.With("Fixture.Good");
        var path = Path.Combine(folder.Of("Fixture.Good"), file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.AppendAllText(path, "");
        Open(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Assert.Equal($"its {file} may be written by everybody", Assert.Single(Scan(folder).Entries).Reason);
    }

    [Fact]
    public void A_link_is_looked_at_where_it_leads()
    {
        using var folder = PluginsFolder.With("Fixture.Good");
        using var elsewhere = PluginsFolder.With("Fixture.Suite");
        Open(elsewhere.Of("Fixture.Suite"), Private);
        Directory.CreateSymbolicLink(folder.Of("Fixture.Suite"), elsewhere.Of("Fixture.Suite"));
        File.CreateSymbolicLink(Path.Combine(folder.Of("Fixture.Good"), "gone"), Path.Combine(folder.Root, "nowhere"));

        var entries = Scan(folder).Entries;

        Assert.StartsWith("it cannot be read: ", entries[0].Reason, StringComparison.Ordinal);
        Assert.Equal("its folder may be written by everybody", entries[1].Reason);
    }

    [Fact]
    public void Nothing_of_a_folder_is_used_that_others_may_write_and_who_asks_for_it_learns_why()
    {
        using var folder = PluginsFolder.With("Fixture.Good");
        Open(folder.Root, Private);

        var catalog = Scan(folder);

        Assert.Empty(catalog.Entries);
        Assert.Equal($"plugin folder {folder.Root}: nothing in it is used: it may be written by everybody", Assert.Single(catalog.Unsafe));
        Assert.Contains("nothing in it is used", Assert.Throws<PluginException>(() => catalog.Transport("good")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_of_a_folder_is_used_that_others_may_put_another_in_the_place_of()
    {
        using var above = PluginsFolder.With("Fixture.Good");
        using var folder = PluginsFolder.With();
        var inner = Path.Combine(folder.Root, "plugins");
        Directory.Move(above.Root, inner);
        Directory.CreateDirectory(above.Root);
        Open(folder.Root, Private);

        Assert.Contains($"{folder.Root}, in which it is, may be written by everybody", Assert.Single(Scan(inner).Unsafe), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_the_user_s_own_is_closed_and_used_then()
    {
        using var folder = PluginsFolder.With("Fixture.Good", "Fixture.Suite");
        Open(Path.Combine(folder.Of("Fixture.Good"), "plugin.json"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Open(folder.Of("Fixture.Suite"), Private);
        Open(folder.Root, Private);

        Assert.Equal([folder.Root], Scan(folder).CloseUnsafe());

        var catalog = Scan(folder);
        Assert.All(catalog.Entries, entry => Assert.Equal(PluginState.Found, entry.State));
        Assert.Equal((2, 0), (catalog.Entries.Count, catalog.CloseUnsafe().Count));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder.Of("Fixture.Good"), "plugin.json")));
    }

    [Fact]
    public void In_the_folder_of_the_program_too()
    {
        using var folder = PluginsFolder.With("Fixture.Good");
        Open(folder.Of("Fixture.Good"), Private);

        Assert.Equal("its folder may be written by everybody", Assert.Single(folder.Scan().Entries).Reason);
    }

    private static PluginCatalog Scan(PluginsFolder folder) => Scan(folder.Root);

    private static PluginCatalog Scan(string folder) => PluginCatalog.Scan(Path.Combine(AppContext.BaseDirectory, "none-of-the-program"), folder);

    private static void Open(string path, UnixFileMode mode) => File.SetUnixFileMode(path, mode | UnixFileMode.OtherWrite);
}

using System.Text.Json.Nodes;

namespace NesActors.Plugins.Tests;

/// <summary>Every way in which a plugin can be bad, beside a good one that goes on working.</summary>
public sealed class LoadReportTests
{
    private const string Good = "Fixture.Good";

    [Fact]
    public async Task A_good_plugin_of_each_kind_is_loaded()
    {
        using var folder = PluginsFolder.With(Good, "Fixture.Suite", "Fixture.PrivateDependency");

        var report = await folder.Scan().LoadAllAsync();

        Assert.True(report.IsClean);
        Assert.All(report.Plugins, plugin => Assert.Equal((PluginState.Loaded, null), (plugin.State, plugin.Reason)));
        Assert.Equal([Good, "Fixture.PrivateDependency", "Fixture.Suite"], report.Plugins.Select(plugin => plugin.Name));
    }

    [Fact]
    public async Task A_constructor_that_throws_is_reported_on_one_line_without_escape_sequences() =>
        Assert.Equal(
            "its constructor failed: InvalidOperationException: the fixture ?[31mrefuses",
            await ReasonOf("Fixture.ThrowingConstructor"));

    [Fact]
    public async Task A_missing_dependency_is_named() =>
        Assert.Equal("it needs Fixture.Library 0.1.0.0, which is not in its folder", await ReasonOf("Fixture.MissingDependency"));

    [Fact]
    public async Task A_damaged_dependency_is_noticed_before_the_code_needs_it()
    {
        using var folder = PluginsFolder.With(Good, "Fixture.PrivateDependency");
        await File.WriteAllTextAsync(Path.Combine(folder.Of("Fixture.PrivateDependency"), "Newtonsoft.Json.dll"), "not an assembly");

        Assert.Equal("its dll, or one that it needs, is no .NET assembly for this machine", await ReasonOf("Fixture.PrivateDependency", folder));
    }

    [Fact]
    public async Task A_plugin_for_a_newer_contract_is_told_apart_by_its_manifest() =>
        Assert.Equal(
            "it is built for contract 9.0, newer than this program's 0.6: it needs a newer program",
            await ReasonOf("Fixture.NewerContract"));

    [Fact]
    public async Task A_plugin_for_a_newer_contract_whose_manifest_denies_it_is_told_apart_by_its_dll()
    {
        using var folder = PluginsFolder.With(Good, "Fixture.NewerContract").Edit("Fixture.NewerContract", json => json["contract"] = "0.6");

        Assert.Equal(
            "it is built for contract 9.0, newer than this program's 0.6: it needs a newer program (plugin.json says 0.6, and its dll otherwise)",
            await ReasonOf("Fixture.NewerContract", folder));
    }

    [Fact]
    public async Task A_plugin_for_an_older_contract_is_not_used_before_contract_1() =>
        Assert.Equal(
            "it is built for contract 0.0, older than this program's 0.6: it must be built anew",
            await ReasonAfter(json => json["contract"] = "0.0"));

    [Fact]
    public async Task A_plugin_without_an_implementation_is_an_error() =>
        Assert.Equal("it has no public class that implements IFrontEnd", await ReasonOf("Fixture.Empty"));

    [Fact]
    public async Task A_plugin_with_two_implementations_is_an_error() =>
        Assert.Equal(
            "it has several public classes that implement IFrontEnd, and must have one: Fixture.Several.FirstFrontEnd, Fixture.Several.SecondFrontEnd",
            await ReasonOf("Fixture.Several"));

    [Fact]
    public async Task A_plugin_of_another_kind_than_its_manifest_says_is_an_error() =>
        Assert.Equal(
            "it has no public class that implements IFrontEnd, and one that implements ICryptoSuite: its kind is suite, not front-end",
            await ReasonAfter(json => json["kind"] = "front-end"));

    [Fact]
    public async Task A_suite_that_goes_by_another_name_is_an_error() =>
        Assert.Equal(
            "its suite does not go by the name nes1 that plugin.json provides",
            await ReasonAfter(json => json["provides"] = new JsonArray("nes1")));

    [Fact]
    public async Task A_dll_that_is_no_assembly_is_reported()
    {
        using var folder = PluginsFolder.With(Good, "Fixture.Suite");
        await File.WriteAllTextAsync(Path.Combine(folder.Of("Fixture.Suite"), "Fixture.Suite.dll"), "not an assembly");

        Assert.Equal("its dll, or one that it needs, is no .NET assembly for this machine", await ReasonOf("Fixture.Suite", folder));
    }

    [Fact]
    public async Task A_missing_dll_is_reported()
    {
        using var folder = PluginsFolder.With(Good, "Fixture.Suite");
        File.Delete(Path.Combine(folder.Of("Fixture.Suite"), "Fixture.Suite.dll"));

        Assert.Equal("Fixture.Suite.dll is missing", await ReasonOf("Fixture.Suite", folder));
    }

    [Fact]
    public async Task A_copy_of_the_contract_is_reported()
    {
        using var folder = PluginsFolder.With(Good, "Fixture.Suite");
        File.Copy(typeof(Contracts.ContractVersion).Assembly.Location, Path.Combine(folder.Of("Fixture.Suite"), "NesActors.Contracts.dll"));

        Assert.Equal(
            "it brings its own NesActors.Contracts.dll, whose types would be others than the program's: delete that file",
            await ReasonOf("Fixture.Suite", folder));
    }

    [Fact]
    public async Task A_folder_without_a_manifest_is_reported()
    {
        using var folder = PluginsFolder.With(Good, "Fixture.Suite");
        File.Delete(Path.Combine(folder.Of("Fixture.Suite"), "plugin.json"));

        Assert.Equal("it has no plugin.json", await ReasonOf("Fixture.Suite", folder));
    }

    [Fact]
    public async Task A_folder_that_is_not_named_as_the_plugin_is_reported()
    {
        using var folder = PluginsFolder.With(Good);
        folder.Add("Fixture.Suite", "Renamed").Edit("Renamed", json => json["id"] = "Fixture.Suite");

        Assert.Equal("its id is Fixture.Suite, and its folder must be named so too", await ReasonOf("Renamed", folder));
    }

    [Fact]
    public async Task The_name_of_a_folder_cannot_drive_the_terminal()
    {
        using var folder = PluginsFolder.With(Good);
        folder.Write("bad\u001b[2Jname", "{}");

        Assert.StartsWith("plugin.json: ", await ReasonOf("bad?[2Jname", folder), StringComparison.Ordinal);
    }

    private static async Task<string?> ReasonAfter(Action<JsonObject> change)
    {
        using var folder = PluginsFolder.With(Good, "Fixture.Suite").Edit("Fixture.Suite", change);
        return await ReasonOf("Fixture.Suite", folder);
    }

    private static async Task<string?> ReasonOf(string fixture)
    {
        using var folder = PluginsFolder.With(Good, fixture);
        return await ReasonOf(fixture, folder);
    }

    /// <summary>Why the plugin was rejected; and the good one beside it works.</summary>
    private static async Task<string?> ReasonOf(string name, PluginsFolder folder)
    {
        var report = await folder.Scan().LoadAllAsync();

        Assert.False(report.IsClean);
        Assert.Equal(PluginState.Loaded, report.Plugins.Single(plugin => plugin.Name == Good).State);
        var row = report.Plugins.Single(plugin => plugin.Name == name);
        Assert.Equal(PluginState.Rejected, row.State);
        return row.Reason;
    }
}

using System.Text.Json.Nodes;

namespace NesActors.Plugins.Tests;

/// <summary>A plugins folder of its own for a test, filled with fixtures that the build laid out.</summary>
internal sealed class PluginsFolder : IDisposable
{
    private static readonly string Fixtures = Path.Combine(AppContext.BaseDirectory, "fixtures");

    public string Root { get; } = Directory.CreateTempSubdirectory("nes-plugins-").FullName;

    public static PluginsFolder With(params string[] fixtures)
    {
        var folder = new PluginsFolder();
        foreach (var fixture in fixtures) folder.Add(fixture);
        return folder;
    }

    /// <summary>The folder of one plugin.</summary>
    public string Of(string id) => Path.Combine(Root, id);

    /// <summary>Copies a fixture, under another id where one is given.</summary>
    public PluginsFolder Add(string fixture, string? id = null)
    {
        id ??= fixture;
        Directory.CreateDirectory(Of(id));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Fixtures, fixture)))
            File.Copy(file, Path.Combine(Of(id), Path.GetFileName(file).Replace(fixture, id, StringComparison.Ordinal)));
        return Edit(id, json => json["id"] = id);
    }

    /// <summary>Changes a plugin's <c>plugin.json</c>.</summary>
    public PluginsFolder Edit(string id, Action<JsonObject> change)
    {
        var file = Path.Combine(Of(id), "plugin.json");
        var json = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        change(json);
        File.WriteAllText(file, json.ToJsonString());
        return this;
    }

    /// <summary>Replaces a plugin's <c>plugin.json</c>.</summary>
    public PluginsFolder Write(string id, string json)
    {
        Directory.CreateDirectory(Of(id));
        File.WriteAllText(Path.Combine(Of(id), "plugin.json"), json);
        return this;
    }

    public PluginCatalog Scan() => PluginCatalog.Scan(Root);

    public void Dispose()
    {
        // A loaded dll cannot be deleted there, and plugins stay loaded.
        if (!OperatingSystem.IsWindows()) Directory.Delete(Root, recursive: true);
    }
}

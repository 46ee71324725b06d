namespace NesActors.Plugins.Manifest;

/// <summary>What a plugin says of itself in its <c>plugin.json</c>, read before anything of it is loaded. All of it is checked for form.</summary>
/// <param name="Id">The name of the plugin, of its folder and of its dll.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Version">The plugin's own version, for people.</param>
/// <param name="Contract">The version of the contract that it was built for: major and minor.</param>
/// <param name="Provides">The names by which it is asked for: a suite's id, URL schemes, or verbs. At least one, no two alike.</param>
public sealed record PluginManifest(string Id, PluginKind Kind, string Version, Version Contract, IReadOnlyList<string> Provides)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "plugin.json";
}

namespace NesActors.Plugins;

/// <summary>What came of looking for plugins and loading each: what <c>nes plugins</c> prints.</summary>
/// <param name="Folders">Where plugins were looked for, in order of precedence.</param>
/// <param name="Plugins">Each plugin that was found, by folder and name.</param>
public sealed record PluginReport(IReadOnlyList<PluginFolder> Folders, IReadOnlyList<PluginEntry> Plugins)
{
    /// <summary>Whether every folder could be read and every plugin works.</summary>
    public bool IsClean => Folders.All(folder => folder.Problem is null) && Plugins.All(plugin => plugin.State != PluginState.Rejected);
}

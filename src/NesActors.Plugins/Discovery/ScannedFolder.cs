namespace NesActors.Plugins.Discovery;

/// <summary>A plugins folder and what was found in it.</summary>
/// <param name="Folder">How the folder itself was.</param>
/// <param name="Plugins">Its plugins by name.</param>
internal sealed record ScannedFolder(PluginFolder Folder, IReadOnlyList<PluginEntry> Plugins);

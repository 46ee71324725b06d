namespace NesActors.Plugins;

/// <summary>A folder in which plugins were looked for.</summary>
/// <param name="Path">The whole path, as it may be shown in a terminal.</param>
/// <param name="Problem">Why nothing was found there; <see langword="null"/> where the folder could be read.</param>
public sealed record PluginFolder(string Path, string? Problem);

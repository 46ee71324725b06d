namespace NesActors.Plugins;

/// <summary>A folder in which plugins were looked for.</summary>
/// <param name="Path">The whole path, as it may be shown in a terminal.</param>
/// <param name="Problem">Why nothing was found there; <see langword="null"/> where the folder could be read.</param>
public sealed record PluginFolder(string Path, string? Problem)
{
    /// <summary>Whether that is because others than the user and root may write there.</summary>
    public bool IsUnsafe { get; init; }

    /// <summary>The path as the file system has it.</summary>
    internal string Location { get; init; } = Path;
}

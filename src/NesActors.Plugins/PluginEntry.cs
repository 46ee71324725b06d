using NesActors.Plugins.Manifest;

namespace NesActors.Plugins;

/// <summary>How far a plugin came.</summary>
public enum PluginState
{
    /// <summary>Its <c>plugin.json</c> is in order and its dll is there; nothing of it was loaded yet.</summary>
    Found,

    /// <summary>It was loaded, and an object of its class was made.</summary>
    Loaded,

    /// <summary>It is not used; <see cref="PluginEntry.Reason"/> says why.</summary>
    Rejected,
}

/// <summary>One folder of a plugins folder. Every text in it can be shown in a terminal as it is.</summary>
/// <param name="Name">The folder's name, which is the plugin's id where it is a plugin at all.</param>
/// <param name="Folder">The whole path.</param>
/// <param name="Manifest">What its <c>plugin.json</c> says; <see langword="null"/> where that is missing or not in order.</param>
/// <param name="State">How far it came.</param>
/// <param name="Reason">Why it is not used; <see langword="null"/> where it is.</param>
public sealed record PluginEntry(string Name, string Folder, PluginManifest? Manifest, PluginState State, string? Reason)
{
    /// <summary>Whether it is not used because others than the user and root may write it.</summary>
    public bool IsUnsafe { get; init; }

    /// <summary>The path as the file system has it.</summary>
    internal string Location { get; init; } = Folder;

    internal PluginEntry Reject(string reason) => this with { State = PluginState.Rejected, Reason = PluginText.ForTerminal(reason) };
}

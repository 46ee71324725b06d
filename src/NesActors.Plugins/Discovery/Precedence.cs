namespace NesActors.Plugins.Discovery;

/// <summary>
/// Decides between plugins that claim the same id or provide the same name. A plugin of an earlier folder keeps what it has, so nothing that
/// is added can put itself in the place of a plugin of the program. Within one folder nothing says which is meant, so neither is used.
/// A plugin that is rejected for another reason claims nothing.
/// </summary>
internal static class Precedence
{
    /// <summary>All plugins of all folders, in the order of the folders, with the ones rejected that lose.</summary>
    public static IReadOnlyList<PluginEntry> Decide(IEnumerable<IReadOnlyList<PluginEntry>> folders)
    {
        var decided = new List<PluginEntry>();
        foreach (var folder in folders)
        {
            var earlier = decided.Where(IsUsable).ToList();
            decided.AddRange(folder.Select(plugin => IsUsable(plugin) ? Decide(plugin, earlier, folder) : plugin).ToList());
        }
        return decided;
    }

    private static PluginEntry Decide(PluginEntry plugin, IReadOnlyList<PluginEntry> earlier, IReadOnlyList<PluginEntry> sameFolder)
    {
        if (earlier.FirstOrDefault(other => IsSameId(plugin, other)) is { } namesake)
            return plugin.Reject($"the id is taken by {namesake.Folder}");
        if (earlier.FirstOrDefault(other => SharedName(plugin, other) is not null) is { } owner)
            return plugin.Reject($"the {Describe(plugin, owner)} is provided by {owner.Name} in {owner.Folder} already");
        if (sameFolder.FirstOrDefault(other => !ReferenceEquals(other, plugin) && IsUsable(other) && IsSameId(plugin, other)) is { } twin)
            return plugin.Reject($"{twin.Name} in the same folder differs from it in upper and lower case alone: neither is used");
        if (sameFolder.FirstOrDefault(other => !ReferenceEquals(other, plugin) && IsUsable(other) && SharedName(plugin, other) is not null) is { } rival)
            return plugin.Reject($"the {Describe(plugin, rival)} is provided by {rival.Name} in the same folder too: neither is used");
        return plugin;
    }

    private static bool IsUsable(PluginEntry plugin) => plugin.State != PluginState.Rejected;

    /// <summary>Folders that differ in case alone are one and the same on some systems.</summary>
    private static bool IsSameId(PluginEntry one, PluginEntry other) =>
        string.Equals(one.Manifest!.Id, other.Manifest!.Id, StringComparison.OrdinalIgnoreCase);

    private static string Describe(PluginEntry one, PluginEntry other) => $"{one.Manifest!.Kind.ToText()} name {SharedName(one, other)}";

    private static string? SharedName(PluginEntry one, PluginEntry other) =>
        one.Manifest!.Kind == other.Manifest!.Kind ? one.Manifest.Provides.FirstOrDefault(other.Manifest.Provides.Contains) : null;
}

using NesActors.Plugins;

namespace NesActors.Cli.Bench;

/// <summary>A plugin that is to be measured.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Names">What it provides.</param>
internal sealed record BenchPlugin(string Id, IReadOnlyList<string> Names)
{
    /// <summary>Those of a kind, in order of their ids; all, or those that provide one of the names.</summary>
    /// <exception cref="CliException">A name is provided by none.</exception>
    public static IReadOnlyList<BenchPlugin> Of(PluginCatalog catalog, PluginKind kind, IReadOnlyCollection<string> only)
    {
        var all = catalog.Entries.Where(entry => entry.State != PluginState.Rejected && entry.Manifest!.Kind == kind).Select(entry => new BenchPlugin(entry.Manifest!.Id, entry.Manifest.Provides)).ToList();
        if (only.FirstOrDefault(name => !all.Any(plugin => plugin.Names.Contains(name))) is { } unknown)
            throw CliException.Usage($"there is no {kind.ToText()} {unknown.ReplaceLineEndings(" ")}; there is {string.Join(", ", catalog.Names(kind))}");
        return [.. all.Where(plugin => only.Count == 0 || plugin.Names.Any(only.Contains)).OrderBy(plugin => plugin.Id, StringComparer.Ordinal)];
    }
}

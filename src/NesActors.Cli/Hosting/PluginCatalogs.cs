using NesActors.Cli.Settings;
using NesActors.Plugins;

namespace NesActors.Cli.Hosting;

/// <summary>
/// The plugins of one run of the program, by the folders they lie in: looked for once, and each loaded once, however many identities use it. What is made of them (a suite, a connection) is each one's own.
/// </summary>
/// <param name="environment">Where the program runs.</param>
internal sealed class PluginCatalogs(CliEnvironment environment)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PluginCatalog> _byFolders = [];

    /// <summary>The plugins beside the program, those of some more folders, then those of the user: these are always looked for, and need not be there. None is loaded yet.</summary>
    /// <param name="more">Full paths.</param>
    public PluginCatalog Of(IEnumerable<string> more)
    {
        var own = Path.Combine(SettingSources.FolderOf(environment), "plugins");
        string[] folders = [Path.Combine(environment.ProgramFolder, "plugins"), .. more, .. Path.IsPathFullyQualified(own) && System.IO.Directory.Exists(own) ? (string[])[own] : []];
        var key = string.Join('\0', folders);
        lock (_gate)
        {
            if (!_byFolders.TryGetValue(key, out var catalog)) _byFolders.Add(key, catalog = PluginCatalog.Scan(folders));
            return catalog;
        }
    }

    /// <summary>Looks for plugins once more where they are asked for next: something was changed in their folders.</summary>
    public void LookAgain()
    {
        lock (_gate) _byFolders.Clear();
    }
}

using NesActors.Contracts;
using NesActors.Plugins.Manifest;

namespace NesActors.Plugins.Discovery;

/// <summary>Looks into one plugins folder. Reads each <c>plugin.json</c> and nothing else.</summary>
internal static class FolderScan
{
    private const string ContractFile = "NesActors.Contracts.dll";

    /// <summary>The plugins of the folder by name, and how the folder itself was. What begins with a dot is none, and an empty folder is what was left of one.</summary>
    public static ScannedFolder Scan(string folder)
    {
        var shown = PluginText.ForTerminal(folder);
        if (!Directory.Exists(folder)) return new ScannedFolder(new PluginFolder(shown, "there is no such folder"), []);
        try
        {
            var plugins = Directory.EnumerateDirectories(folder)
                .Where(path => !Path.GetFileName(path).StartsWith('.') && Directory.EnumerateFileSystemEntries(path).Any())
                .Order(StringComparer.Ordinal)
                .Select(ScanPlugin)
                .ToList();
            return new ScannedFolder(new PluginFolder(shown, null), plugins);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new ScannedFolder(new PluginFolder(shown, PluginText.ForTerminal(error.Message)), []);
        }
    }

    private static PluginEntry ScanPlugin(string folder)
    {
        var name = Path.GetFileName(folder);
        var entry = new PluginEntry(PluginText.ForTerminal(name), PluginText.ForTerminal(folder), null, PluginState.Found, null) { Location = folder };
        try
        {
            entry = entry with { Manifest = ManifestReader.Read(Path.Combine(folder, PluginManifest.FileName)) };
            return Objection(entry.Manifest, folder, name) is { } reason ? entry.Reject(reason) : entry;
        }
        catch (ManifestException error)
        {
            return entry.Reject($"{PluginManifest.FileName}: {error.Message}");
        }
        catch (FileNotFoundException)
        {
            return entry.Reject($"it has no {PluginManifest.FileName}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return entry.Reject($"{PluginManifest.FileName} cannot be read: {error.Message}");
        }
    }

    private static string? Objection(PluginManifest manifest, string folder, string name)
    {
        if (manifest.Id != name) return $"its id is {manifest.Id}, and its folder must be named so too";
        if (ContractRule.Objection(manifest.Contract, ContractVersion.Current) is { } reason) return reason;
        if (!File.Exists(Path.Combine(folder, manifest.Id + ".dll"))) return $"{manifest.Id}.dll is missing";
        if (File.Exists(Path.Combine(folder, ContractFile))) return $"it brings its own {ContractFile}, whose types would be others than the program's: delete that file";
        return null;
    }
}

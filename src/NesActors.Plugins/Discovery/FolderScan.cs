using NesActors.Contracts;
using NesActors.Plugins.Access;
using NesActors.Plugins.Manifest;

namespace NesActors.Plugins.Discovery;

/// <summary>Looks into one plugins folder. Looks who may write there, reads each <c>plugin.json</c>, and nothing else.</summary>
internal static class FolderScan
{
    private const string ContractFile = "NesActors.Contracts.dll";

    /// <summary>The plugins of the folder by name, and how the folder itself was. What begins with a dot is none, and an empty folder is what was left of one.</summary>
    /// <param name="folder">The whole path.</param>
    /// <param name="isProgram">Whether it came with the program.</param>
    public static ScannedFolder Scan(string folder, bool isProgram)
    {
        var shown = PluginText.ForTerminal(folder);
        if (!Directory.Exists(folder)) return new ScannedFolder(new PluginFolder(shown, "there is no such folder"), []);
        try
        {
            var writers = WriterCheck.For(folder, isProgram);
            if (writers.ObjectionTo(folder) is { } reason)
                return new ScannedFolder(new PluginFolder(shown, PluginText.ForTerminal($"nothing in it is used: {reason}")) { IsUnsafe = true, Location = folder }, []);
            var plugins = Directory.EnumerateDirectories(folder)
                .Where(path => !Path.GetFileName(path).StartsWith('.') && Directory.EnumerateFileSystemEntries(path).Any())
                .Order(StringComparer.Ordinal)
                .Select(path => ScanPlugin(path, writers))
                .ToList();
            return new ScannedFolder(new PluginFolder(shown, null) { Location = folder }, plugins);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new ScannedFolder(new PluginFolder(shown, PluginText.ForTerminal(error.Message)), []);
        }
    }

    private static PluginEntry ScanPlugin(string folder, WriterCheck writers)
    {
        var name = Path.GetFileName(folder);
        var entry = new PluginEntry(PluginText.ForTerminal(name), PluginText.ForTerminal(folder), null, PluginState.Found, null) { Location = folder };
        var looked = "it";
        try
        {
            // Before anything of it is read.
            if (writers.ObjectionToPlugin(folder) is { } objection) return entry.Reject(objection) with { IsUnsafe = true };
            looked = PluginManifest.FileName;
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
            return entry.Reject($"{looked} cannot be read: {error.Message}");
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

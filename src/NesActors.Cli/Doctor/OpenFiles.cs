using NesActors.Cli.Settings;
using NesActors.Core.Keys;

namespace NesActors.Cli.Doctor;

/// <summary>Files and folders that others of the machine must not read, with the modes that they should have. Windows has no modes.</summary>
internal static class OpenFiles
{
    /// <summary>Those that are there and too open.</summary>
    /// <param name="settings">Whose they are.</param>
    /// <param name="privateKeys">The files of the private keys.</param>
    public static IEnumerable<OpenFile> Find(NesSettings settings, IEnumerable<string> privateKeys)
    {
        if (OperatingSystem.IsWindows()) return [];
        var keys = privateKeys.Select(path => (Path: path, Mode: FileModes.Private));
        var all = keys.Append((settings.KeyringFile, FileModes.Private)).Append((settings.Folder, FileModes.Folder));
        if (HoldsPassword(settings.ConfigFile)) all = all.Append((settings.ConfigFile, FileModes.Private));
        return [.. all.Select(Look).OfType<OpenFile>()];
    }

    /// <summary>Gives a file the mode that it should have.</summary>
    public static void Close(OpenFile file)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file.Path, file.Right);
    }

    private static OpenFile? Look((string Path, UnixFileMode Right) wanted)
    {
        if (OperatingSystem.IsWindows() || !Path.Exists(wanted.Path)) return null;
        var mode = File.GetUnixFileMode(wanted.Path);
        return FileModes.IsOpen(mode) ? new OpenFile(wanted.Path, mode, wanted.Right) : null;
    }

    /// <summary>Whether the configuration file has a password of its own, in a setting or in an address.</summary>
    private static bool HoldsPassword(string configFile)
    {
        if (!File.Exists(configFile)) return false;
        var values = DotEnv.Parse(File.ReadAllText(configFile));
        return SettingKeys.All.Any(key => values.TryGetValue(key.Name, out var value) && value.Length > 0 && Mask.Value(key, value) != value);
    }
}

/// <summary>A file that others can read.</summary>
/// <param name="Path">The file.</param>
/// <param name="Mode">Its mode.</param>
/// <param name="Right">The mode that it should have.</param>
internal sealed record OpenFile(string Path, UnixFileMode Mode, UnixFileMode Right)
{
    /// <summary>For a person.</summary>
    public override string ToString() => $"{Path} has mode {FileModes.ToOctal(Mode)}, so others of this machine can read it; {FileModes.ToOctal(Right)} is right";
}

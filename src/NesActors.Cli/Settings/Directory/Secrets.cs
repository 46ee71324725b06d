namespace NesActors.Cli.Settings.Directory;

/// <summary>Passwords: in the environment, in the configuration file, or in a file of their own; never among the options, where every user of the machine sees them.</summary>
internal static class Secrets
{
    private const int MaxLength = 4096;

    /// <returns>Null where there is none.</returns>
    public static string? Read(SettingValue itself, SettingValue inFile, Func<SettingValue, string?> pathOf)
    {
        if (itself.IsSet && inFile.IsSet) throw inFile.Wrong($"{itself.Key.Name} is set too (from {itself.Source}): which is it?");
        if (pathOf(inFile) is not { } file) return itself.IsSet ? itself.Text : null;
        try
        {
            RequireClosed(file);
            var text = File.ReadAllText(file).TrimEnd('\r', '\n');
            return text.Length is > 0 and <= MaxLength && !text.Any(char.IsControl) ? text : throw inFile.Wrong("the file does not hold one line with a password");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw inFile.Wrong($"it cannot be read: {e.Message}");
        }
    }

    /// <summary>Refuses a file with a secret that every user of the machine may read.</summary>
    public static void RequireClosed(string file)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & UnixFileMode.OtherRead) != 0)
            throw CliException.Usage($"everybody may read {file}, which holds a password; set it with: chmod o-r {file}");
    }
}

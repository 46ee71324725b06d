namespace NesActors.Cli.Up;

/// <summary>How this program is called in a shell, in whatever way it was started.</summary>
internal static class ProgramName
{
    /// <summary>What to type: the program's file, or <c>dotnet</c> with its dll.</summary>
    public static string Shell
    {
        get
        {
            var process = Environment.ProcessPath ?? "nes";
            if (Path.GetFileNameWithoutExtension(process) == "nes") return OnPath(process) ? "nes" : Quote(process);
            return $"dotnet {Quote(typeof(ProgramName).Assembly.Location)}";
        }
    }

    /// <summary>A word for a shell.</summary>
    public static string Quote(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '+' or ':' or '@') ? word : $"'{word.Replace("'", "'\\''")}'";

    private static bool OnPath(string process)
    {
        var name = Path.GetFileName(process);
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var first = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        return first is not null && Path.GetFullPath(first) == Path.GetFullPath(process);
    }
}

namespace NesActors.Testing;

/// <summary>Programs of the system that tests drive.</summary>
public static class RealParts
{
    // Debian keeps the programs of PostgreSQL's server off the PATH, by version.
    private static readonly string[] SystemFolders = ["/usr/local/sbin", "/usr/sbin", "/sbin", .. PostgresFolders()];

    /// <summary>The full path of a program on PATH or in the folders of system programs; null where it is not installed.</summary>
    public static string? Find(string program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Concat(SystemFolders).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }

    /// <summary>As <see cref="Find"/>, and an error where it is not installed.</summary>
    public static string Require(string program) =>
        Find(program) ?? throw new InvalidOperationException($"{program} is not installed.");

    /// <summary>Why a test that needs these programs is to be skipped; null where it is to run, be it to fail under <c>NES_REQUIRE_REAL_PARTS=1</c>.</summary>
    public static string? WhySkip(params string[] programs)
    {
        if (Environment.GetEnvironmentVariable("NES_REQUIRE_REAL_PARTS") == "1") return null;
        var missing = programs.Where(program => Find(program) is null).ToArray();
        return missing.Length == 0 ? null : $"needs {string.Join(" and ", missing)}, not installed here";
    }

    private static IEnumerable<string> PostgresFolders()
    {
        const string Versions = "/usr/lib/postgresql";
        return Directory.Exists(Versions) ? Directory.EnumerateDirectories(Versions).OrderDescending().Select(version => Path.Combine(version, "bin")) : [];
    }
}

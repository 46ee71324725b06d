namespace NesActors.Architecture.Tests;

/// <summary>The sources that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution, looked for from where the tests were built.</summary>
    public static string Root { get; } = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>The folder of the samples of plugins.</summary>
    public static string Samples { get; } = Path.Combine(Root, "plugins", "samples");

    /// <summary>The last folders of an output path: configuration and framework, <c>Debug/net10.0</c> for instance.</summary>
    public static string Build { get; } = Path.GetRelativePath(Path.Combine(Root, "tests", "NesActors.Architecture.Tests", "bin"), AppContext.BaseDirectory);

    /// <summary>The C# files under folders of the repository, without what the build made.</summary>
    public static IEnumerable<SourceFile> Sources(params string[] folders) =>
        Files("*.cs", folders).Select(file => new SourceFile(Path.GetRelativePath(Root, file), File.ReadAllText(file)));

    /// <summary>Files by name under folders of the repository, without what the build made.</summary>
    public static IEnumerable<string> Files(string pattern, params string[] folders) =>
        folders.SelectMany(folder => new DirectoryInfo(Path.Combine(Root, folder)).EnumerateFiles(pattern, SearchOption.AllDirectories))
            .Select(file => file.FullName)
            .Where(file => !Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    private static string FindRoot(DirectoryInfo? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NesActors.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("These tests run in the tree that they were built in.");
    }
}

/// <summary>A C# file.</summary>
internal sealed record SourceFile(string Path, string Text);

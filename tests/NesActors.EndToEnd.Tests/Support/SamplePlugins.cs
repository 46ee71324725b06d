namespace NesActors.EndToEnd.Tests.Support;

/// <summary>The samples of <c>plugins/samples</c>, as publishing makes them: folders that a person drops among their plugins.</summary>
internal static class SamplePlugins
{
    /// <summary>Where the build has published them.</summary>
    public static string Published { get; } = Path.Combine(AppContext.BaseDirectory, "samples");

    /// <summary>Copies both into a folder of plugins, and nothing else.</summary>
    public static void DropInto(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Published, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Published, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}

using System.Reflection;

namespace NesActors.Architecture.Tests;

/// <summary>The program's own assemblies as they were built: those of <c>src</c>, and of <c>plugins</c> from where they are laid out.</summary>
internal static class OurAssemblies
{
    public const string NesProgram = "nes";

    /// <summary>The assemblies of <c>src</c>.</summary>
    public static IReadOnlyList<Assembly> OfSource { get; } =
        [.. ProjectNames("src").Select(name => name == "NesActors.Cli" ? NesProgram : name).Select(name => Assembly.Load(new AssemblyName(name)))];

    /// <summary>The plugins' own assemblies.</summary>
    public static IReadOnlyList<Assembly> OfPlugins { get; } =
        [.. ProjectNames("plugins").Select(id => Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "plugins", id, id + ".dll")))];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Assembly> All { get; } = [.. OfSource, .. OfPlugins];

    /// <summary>The simple name of an assembly.</summary>
    public static string Name(Assembly assembly) => assembly.GetName().Name!;

    /// <summary>The simple names of the assemblies that its code uses.</summary>
    public static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(reference => reference.Name!);

    /// <summary>Without the samples, which are nobody's part: they are built as a stranger's plugin is.</summary>
    private static IEnumerable<string> ProjectNames(string folder) =>
        Repository.Files("*.csproj", folder).Where(file => !file.StartsWith(Repository.Samples, StringComparison.Ordinal)).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);
}

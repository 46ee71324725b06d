using System.Reflection;

namespace NesActors.Plugins.Loading;

/// <summary>What an exception from a plugin's code or from loading it means, in words that go on after "plugin X: ".</summary>
internal static class PluginFailure
{
    /// <summary>A reason for a person. Holds text of the plugin; shown by <see cref="PluginText.ForTerminal"/> alone.</summary>
    public static string Describe(Exception error) => Innermost(error) switch
    {
        PluginException known => known.Reason,
        BadImageFormatException => "its dll, or one that it needs, is no .NET assembly for this machine",
        FileNotFoundException missing when AssemblyOf(missing.FileName) is { } name => $"it needs {name}, which is not in its folder",
        FileLoadException broken when AssemblyOf(broken.FileName) is { } name => $"it needs {name}, which cannot be loaded",
        TypeLoadException or MissingMemberException => $"it does not fit what it was built against: {Innermost(error).Message}",
        { } other when error is TargetInvocationException => $"its constructor failed: {other.GetType().Name}: {other.Message}",
        var other => $"{other.GetType().Name}: {other.Message}",
    };

    private static Exception Innermost(Exception error) => error switch
    {
        TargetInvocationException { InnerException: { } inner } => Innermost(inner),
        TypeInitializationException { InnerException: { } inner } => Innermost(inner),
        ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } => Innermost(first),
        _ => error,
    };

    /// <summary>Name and version out of <c>Name, Version=…, Culture=…</c>; <see langword="null"/> for a path: the plugin's code missed some file of its own.</summary>
    private static string? AssemblyOf(string? file) =>
        file?.Split(", ") is [var name, var version, ..] && version.StartsWith("Version=", StringComparison.Ordinal)
            ? $"{name} {version["Version=".Length..]}"
            : null;
}

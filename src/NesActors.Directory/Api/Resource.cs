using System.Reflection;

namespace NesActors.Directory.Api;

/// <summary>Texts that are part of the assembly.</summary>
internal static class Resource
{
    public static string ReadText(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

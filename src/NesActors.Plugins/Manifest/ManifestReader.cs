using System.Globalization;

namespace NesActors.Plugins.Manifest;

/// <summary>Reads <c>plugin.json</c>: exactly the five fields, each of its form, and nothing else.</summary>
internal static class ManifestReader
{
    private const int MaxNames = 32;

    /// <exception cref="ManifestException">The file is not in order.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static PluginManifest Read(string file)
    {
        var fields = ManifestFields.Read(file);
        // First, so that a plugin from the future is told as such, whatever else its manifest has by then.
        var contract = Contract(fields.TakeText("contract"));
        var id = Text(fields, "id", PluginText.IsId, "1 to 64 characters of A-Z a-z 0-9 . _ -, the first no dot");
        var kind = Kind(fields.TakeText("kind"));
        var version = Text(fields, "version", PluginText.IsVersion, "a version such as 1.0.0");
        var provides = Provides(fields.TakeTexts("provides"), kind);
        fields.RefuseRest();
        return new PluginManifest(id, kind, version, contract, provides);
    }

    private static string Text(ManifestFields fields, string name, Predicate<string> isValid, string form)
    {
        var text = fields.TakeText(name);
        return isValid(text) ? text : throw new ManifestException($"\"{name}\" must be {form}");
    }

    private static PluginKind Kind(string text) => PluginKinds.Parse(text) ??
        throw new ManifestException($"\"kind\" must be one of {string.Join(", ", PluginKinds.All.Select(PluginKinds.ToText))}");

    private static Version Contract(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 2 && IsNumber(parts[0], out var major) && IsNumber(parts[1], out var minor)
            ? new Version(major, minor)
            : throw new ManifestException("\"contract\" must be two numbers such as 0.1");
    }

    private static bool IsNumber(string text, out ushort number) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string[] Provides(string[] names, PluginKind kind)
    {
        if (names.Length is 0 or > MaxNames) throw new ManifestException($"\"provides\" must hold 1 to {MaxNames} names");
        if (!names.All(PluginText.IsName)) throw new ManifestException("each name in \"provides\" must begin with a-z and be 1 to 64 characters of a-z 0-9 + . -");
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Length) throw new ManifestException("\"provides\" names something twice");
        if (kind is PluginKind.Suite or PluginKind.Gateway && names.Length > 1) throw new ManifestException($"a {kind.ToText()} provides one name, its own");
        if (kind is PluginKind.Suite && !PluginText.IsSuite(names[0])) throw new ManifestException("the name of a suite must begin with a-z and be 1 to 32 characters of a-z 0-9 -, and not auto");
        return names;
    }
}

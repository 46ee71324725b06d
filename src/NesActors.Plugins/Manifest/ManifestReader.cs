using System.Globalization;
using System.Text.Json;

namespace NesActors.Plugins.Manifest;

/// <summary>Reads <c>plugin.json</c>: exactly the five fields, each of its form, nothing twice, nothing else.</summary>
internal static class ManifestReader
{
    private const int MaxBytes = 16 * 1024;
    private const int MaxNames = 32;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 4, AllowDuplicateProperties = false };

    /// <exception cref="ManifestException">The file is not in order.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static PluginManifest Read(string file)
    {
        var bytes = ReadLimited(file);
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            return Read(Fields(document.RootElement));
        }
        catch (JsonException error)
        {
            throw new ManifestException($"it is not valid JSON: {error.Message}");
        }
        catch (InvalidOperationException)
        {
            // The parser lets \ud800 pass; making a string of it throws this.
            throw new ManifestException("it holds a text that is not valid Unicode");
        }
    }

    private static PluginManifest Read(Dictionary<string, JsonElement> fields)
    {
        var contract = Contract(Text(fields, "contract"));
        var id = Take(fields, "id", PluginText.IsId, "1 to 64 characters of A-Z a-z 0-9 . _ -");
        var kind = Kind(Text(fields, "kind"));
        var version = Take(fields, "version", PluginText.IsVersion, "a version such as 1.0.0");
        var provides = Provides(fields, kind);
        if (fields.Count > 0) throw new ManifestException($"the field \"{fields.Keys.Min(StringComparer.Ordinal)}\" is not known");
        return new PluginManifest(id, kind, version, contract, provides);
    }

    /// <summary>Never reads more than it takes, whatever the file is.</summary>
    private static ReadOnlyMemory<byte> ReadLimited(string file)
    {
        using var stream = File.OpenRead(file);
        var buffer = new byte[MaxBytes + 1];
        var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        if (length > MaxBytes) throw new ManifestException($"it is longer than {MaxBytes / 1024} KiB");
        return buffer.AsMemory(0, length);
    }

    private static Dictionary<string, JsonElement> Fields(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new ManifestException("it must be one JSON object");
        return root.EnumerateObject().ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
    }

    private static string Text(Dictionary<string, JsonElement> fields, string name)
    {
        if (!fields.Remove(name, out var value)) throw new ManifestException($"the field \"{name}\" is missing");
        return TextOf(value, name);
    }

    private static string TextOf(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new ManifestException($"\"{name}\" must be a text");

    private static string Take(Dictionary<string, JsonElement> fields, string name, Predicate<string> isValid, string form)
    {
        var text = Text(fields, name);
        return isValid(text) ? text : throw new ManifestException($"\"{name}\" must be {form}");
    }

    private static PluginKind Kind(string text)
    {
        foreach (var kind in PluginKinds.All)
        {
            if (kind.ToText() == text) return kind;
        }
        throw new ManifestException($"\"kind\" must be one of {string.Join(", ", PluginKinds.All.Select(PluginKinds.ToText))}");
    }

    private static Version Contract(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 2 && Number(parts[0]) is { } major && Number(parts[1]) is { } minor
            ? new Version(major, minor)
            : throw new ManifestException("\"contract\" must be two numbers such as 0.1");
    }

    private static int? Number(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string[] Provides(Dictionary<string, JsonElement> fields, PluginKind kind)
    {
        if (!fields.Remove("provides", out var value)) throw new ManifestException("the field \"provides\" is missing");
        if (value.ValueKind != JsonValueKind.Array) throw new ManifestException("\"provides\" must be a list of names");
        if (value.GetArrayLength() is 0 or > MaxNames) throw new ManifestException($"\"provides\" must hold 1 to {MaxNames} names");
        var names = value.EnumerateArray().Select(name => TextOf(name, "provides")).ToArray();
        if (!names.All(PluginText.IsName)) throw new ManifestException("each name in \"provides\" must begin with a-z and be 1 to 64 characters of a-z 0-9 + . -");
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Length) throw new ManifestException("\"provides\" names something twice");
        if (kind == PluginKind.Suite && names.Length > 1) throw new ManifestException("a suite provides one name, its own");
        return names;
    }
}

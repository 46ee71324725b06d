using System.Text.Json;

namespace NesActors.Plugins.Manifest;

/// <summary>The fields of a <c>plugin.json</c>, taken one by one: each is a text or a list of texts, and none is there twice.</summary>
/// <remarks>
/// This runs at every start of the program. Collections of structures, of JSON elements for instance, would be compiled then, and take longer than
/// all the rest; so the fields are kept as objects.
/// </remarks>
internal sealed class ManifestFields
{
    private const int MaxBytes = 16 * 1024;

    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = 4 };

    private readonly Dictionary<string, object?> _fields = new(StringComparer.Ordinal);

    private ManifestFields() { }

    /// <summary>Reads the file.</summary>
    public static ManifestFields Read(string file)
    {
        var bytes = ReadLimited(file);
        var fields = new ManifestFields();
        try
        {
            using var document = JsonDocument.Parse(bytes, Limits);
            fields.Add(document.RootElement);
            return fields;
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

    /// <summary>A field that must be there and be a text.</summary>
    public string TakeText(string name) => Take(name) as string ?? throw new ManifestException($"\"{name}\" must be a text");

    /// <summary>A field that must be there and be a list of texts.</summary>
    public string[] TakeTexts(string name) => Take(name) as string[] ?? throw new ManifestException($"\"{name}\" must be a list of texts");

    /// <summary>Refuses what was not taken.</summary>
    public void RefuseRest()
    {
        if (_fields.Keys.Min(StringComparer.Ordinal) is { } name) throw new ManifestException($"the field \"{name}\" is not known");
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

    private object? Take(string name) =>
        _fields.Remove(name, out var value) ? value : throw new ManifestException($"the field \"{name}\" is missing");

    private void Add(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new ManifestException("it must be one JSON object");
        foreach (var field in root.EnumerateObject())
        {
            if (!_fields.TryAdd(field.Name, ValueOf(field.Value))) throw new ManifestException($"the field \"{field.Name}\" is there twice");
        }
    }

    /// <summary>A string, an array of strings, or nothing that a manifest has.</summary>
    private static object? ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array => TextsOf(value),
        _ => null,
    };

    private static string[]? TextsOf(JsonElement list)
    {
        var texts = new List<string>();
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String) return null;
            texts.Add(item.GetString()!);
        }
        return [.. texts];
    }
}

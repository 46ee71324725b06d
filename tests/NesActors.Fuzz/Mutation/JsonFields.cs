using System.Text;
using System.Text.Json;

namespace NesActors.Fuzz.Mutation;

/// <summary>An object of JSON as the texts of its names and values, so that it can be put together in ways that no writer of JSON would.</summary>
internal sealed class JsonFields
{
    /// <summary>Names with their quotation marks, and values, as they stand in the text.</summary>
    public List<(string Name, string Value)> Fields { get; private init; } = [];

    /// <summary>What stands before the object.</summary>
    public string Before { get; set; } = "";

    /// <summary>What stands behind it.</summary>
    public string After { get; set; } = "";

    /// <summary>What stands between two fields.</summary>
    public string Comma { get; set; } = ",";

    public static JsonFields Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return new JsonFields { Fields = [.. document.RootElement.EnumerateObject().Select(field => ($"\"{field.Name}\"", field.Value.GetRawText()))] };
    }

    public JsonFields Copy() => new() { Fields = [.. Fields] };

    public string ToText() => $"{Before}{{{string.Join(Comma, Fields.Select(field => $"{field.Name}:{field.Value}"))}}}{After}";

    public byte[] ToUtf8() => Encoding.UTF8.GetBytes(ToText());
}

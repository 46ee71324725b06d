using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NesActors.Cli.Commands;

/// <summary>One JSON object a line, ASCII only: a terminal that shows it is as safe as the program that reads it. Absent values are left out.</summary>
internal static class JsonLine
{
    /// <summary>An object with these members: texts, numbers, truth values, times (ISO 8601, in UTC), lists of texts, counts by name.</summary>
    public static string Of(params IEnumerable<(string Name, object? Value)> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in members)
            {
                if (value is not null) Write(json, name, value);
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter json, string name, object value)
    {
        json.WritePropertyName(name);
        switch (value)
        {
            case string text: json.WriteStringValue(text); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            case DateTimeOffset time: json.WriteStringValue(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)); break;
            case bool truth: json.WriteBooleanValue(truth); break;
            case IEnumerable<string> texts:
                json.WriteStartArray();
                foreach (var text in texts) json.WriteStringValue(text);
                json.WriteEndArray();
                break;
            case IReadOnlyDictionary<string, long> counts:
                json.WriteStartObject();
                foreach (var (key, count) in counts) json.WriteNumber(key, count);
                json.WriteEndObject();
                break;
            default: throw new ArgumentException($"{value.GetType().Name} is not written to JSON here.", nameof(value));
        }
    }
}

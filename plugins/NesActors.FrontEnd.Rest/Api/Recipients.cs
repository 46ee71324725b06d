using System.Text.Json;
using System.Text.Json.Serialization;
using NesActors.FrontEnd.Rest.Sending;

namespace NesActors.FrontEnd.Rest.Api;

/// <summary>To whom: in JSON a string, or an array of strings.</summary>
/// <param name="Names">As they were sent; whether they are usernames is still to be seen.</param>
[JsonConverter(typeof(Converter))]
internal sealed record Recipients(IReadOnlyList<string> Names)
{
    private sealed class Converter : JsonConverter<Recipients>
    {
        public override Recipients Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String) return new Recipients([reader.GetString()!]);
            if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException();
            var names = new List<string>();
            while (reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                // One more than may be is enough to see that there are too many.
                if (names.Count <= SendOrder.MaxRecipients) names.Add(reader.GetString()!);
            }
            return reader.TokenType == JsonTokenType.EndArray ? new Recipients(names) : throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, Recipients value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.Names, options);
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;

namespace NesActors.FrontEnd.Rest.Api;

/// <summary>
/// The JSON of the API: members and values in <c>snake_case</c>, absent ones left out, times in ISO 8601 and UTC, ASCII alone. What a request has that is not known, or has twice, is an error: a
/// slip of the pen must not change what it means.
/// </summary>
internal static class ApiJson
{
    public static readonly JsonSerializerOptions Options = Make();

    /// <summary>For all that the web framework reads and writes. It makes the description of the API with the same options, and schemas are nested deeper than any request may be.</summary>
    public static void Apply(JsonOptions options)
    {
        Apply(options.SerializerOptions);
        options.SerializerOptions.MaxDepth = 64;
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.Encoder = null;
        options.MaxDepth = 8;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.Converters.Add(new UtcTimes());
    }

    /// <summary><c>2026-11-23T10:15:00.000Z</c>.</summary>
    private sealed class UtcTimes : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
    }
}

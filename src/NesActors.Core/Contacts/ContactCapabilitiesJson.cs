using System.Text.Json.Serialization;

namespace NesActors.Core.Contacts;

/// <summary>How <see cref="ContactCapabilities"/> are written down.</summary>
[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ContactCapabilities))]
internal sealed partial class ContactCapabilitiesJson : JsonSerializerContext;

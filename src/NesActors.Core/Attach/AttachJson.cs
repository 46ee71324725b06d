using System.Text.Json;
using System.Text.Json.Serialization;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using static NesActors.Core.Attach.AttachProtocol;

namespace NesActors.Core.Attach;

/// <summary>The JSON of the socket, without reflection: a program that sends once and ends has no time for that.</summary>
[JsonSourceGenerationOptions(
    Converters = [typeof(UsernameJson), typeof(FingerprintJson), typeof(MessageIdJson)],
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never)]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(OfMessage))]
[JsonSerializable(typeof(OfContact))]
[JsonSerializable(typeof(Sends))]
[JsonSerializable(typeof(Settle))]
[JsonSerializable(typeof(Wait))]
[JsonSerializable(typeof(Unread))]
[JsonSerializable(typeof(MarkRead))]
[JsonSerializable(typeof(Events))]
[JsonSerializable(typeof(OfEventPage))]
[JsonSerializable(typeof(EventLines))]
[JsonSerializable(typeof(History))]
[JsonSerializable(typeof(Search))]
[JsonSerializable(typeof(Disappear))]
[JsonSerializable(typeof(ChangeContact))]
[JsonSerializable(typeof(Changed))]
[JsonSerializable(typeof(Greeting))]
[JsonSerializable(typeof(Found))]
[JsonSerializable(typeof(Failure))]
[JsonSerializable(typeof(EventLine))]
[JsonSerializable(typeof(StoredMessage))]
[JsonSerializable(typeof(IReadOnlyList<StoredMessage>))]
[JsonSerializable(typeof(IReadOnlyList<MessageReceived>))]
[JsonSerializable(typeof(Contact))]
[JsonSerializable(typeof(IReadOnlyList<Contact>))]
[JsonSerializable(typeof(KeyLookUp))]
[JsonSerializable(typeof(MessengerStatus))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(int))]
internal sealed partial class AttachJson : JsonSerializerContext;

internal sealed class UsernameJson : JsonConverter<Username>
{
    public override Username Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Username.TryParse(reader.GetString(), out var user) ? user : throw new JsonException("No username.");

    public override void Write(Utf8JsonWriter writer, Username value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

internal sealed class FingerprintJson : JsonConverter<Fingerprint>
{
    public override Fingerprint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? throw new JsonException("No fingerprint."));

    public override void Write(Utf8JsonWriter writer, Fingerprint value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

internal sealed class MessageIdJson : JsonConverter<MessageId>
{
    public override MessageId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetGuid());

    public override void Write(Utf8JsonWriter writer, MessageId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

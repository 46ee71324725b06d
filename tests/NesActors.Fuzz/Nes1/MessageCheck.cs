using System.Text;
using System.Text.Json;
using NesActors.Contracts;
using NesActors.Crypto.RsaAes;
using NesActors.Fuzz.Running;
using NesActors.Fuzz.Targets;

namespace NesActors.Fuzz.Nes1;

/// <summary>What must hold of a message that was taken from a plaintext: it is whole, and another parser, one that reads as the original's does, finds the same in it.</summary>
internal static class MessageCheck
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>What kind of message it is, in a word.</returns>
    public static string Check(Message message, byte[] plaintext) =>
        Check(new PlaintextContent(message.From.Value, message.To.Value, message.SentAt, message.Text, message.Delivery, message.Capabilities), plaintext);

    /// <summary>The same, of what is not verified.</summary>
    public static string Check(PlaintextContent message, byte[] plaintext)
    {
        using var json = JsonDocument.Parse(plaintext);
        Require(Read(json, "from") is { } from && from.GetString() == message.From, "The original would read another sender.");
        Require(Read(json, "to") is { } to && to.GetString() == message.To, "The original would read another recipient.");
        Require(Read(json, "timestamp") is { } time && time.GetInt64() == message.SentAt.ToUnixTimeMilliseconds(), "The original would read another time.");
        Require(Read(json, "message") is { } text && text.GetString() == message.Text, "The original would read another text.");
        Require(StrictUtf8.GetByteCount(message.Text) <= plaintext.Length, "The text is longer than what it was read from.");
        return MessageBounds.Check(message.Text, message.Delivery, message.Capabilities);
    }

    /// <summary>As Go's encoding/json does: without regard to case, the last one wins.</summary>
    private static JsonElement? Read(JsonDocument json, string name) => json.RootElement.EnumerateObject()
        .Where(field => Fold(NameOf(field)) == name).Select(field => (JsonElement?)field.Value).LastOrDefault();

    /// <summary>Half of a surrogate pair, which the original reads as another character, is in no name that is known.</summary>
    private static string NameOf(JsonProperty field)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    private static string Fold(string name) => name.Replace('\u017f', 's').Replace('\u212a', 'k').ToLowerInvariant();

    private static void Require(bool holds, string otherwise)
    {
        if (!holds) throw new PropertyException(otherwise);
    }
}

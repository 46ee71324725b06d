using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NesActors.Contracts;
using NesActors.Crypto.RsaAes.Json;

namespace NesActors.Crypto.RsaAes;

/// <summary>What a plaintext says, unchecked but for its form.</summary>
internal sealed record PlaintextContent(string From, string To, DateTimeOffset SentAt, string Text, Delivery? Delivery, Capabilities? Capabilities = null)
{
    /// <summary>Nothing of the content, so that no log holds it by accident.</summary>
    public override string ToString() => nameof(PlaintextContent);
}

/// <summary>
/// The signed JSON inside the frame: <c>{"from","to","timestamp","message"}</c>, and of ours a <c>nonce</c>, without which the signature in the clear would confirm a guessed text,
/// <see cref="DeliveryCodec">what tells of delivery</see>, <see cref="CapabilitiesCodec">what tells of suites</see>, and <see cref="LengthPadding">filler</see>.
/// </summary>
internal static class PlaintextCodec
{
    private const int NonceLength = 16;
    private const int From = 0, To = 1, Timestamp = 2, Text = 3, Caps = 4;

    private static readonly FieldNames Names = new(["from", "to", "timestamp", "message", CapabilitiesCodec.Name, .. DeliveryCodec.Names]);

    // What JSON must have escaped and no more: half the size for most of the world's scripts, and any JSON parser reads it.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">The text is no Unicode (a surrogate stands alone), or too long.</exception>
    public static byte[] Write(Message message)
    {
        CheckText(message.Text);
        if (message.Delivery is { } told && (!told.IsWhole || (told.IsConfirmation && message.Text.Length > 0)))
            throw new ArgumentException("What tells of delivery does not fit together.", nameof(message));
        if (message.Capabilities is { IsWhole: false }) throw new ArgumentException("What tells of suites is in no form that can be sent.", nameof(message));
        Span<byte> nonce = stackalloc byte[NonceLength];
        RandomNumberGenerator.Fill(nonce);
        Span<byte> encodedNonce = stackalloc byte[Base64Url.GetEncodedLength(NonceLength)];
        Base64Url.EncodeToUtf8(nonce, encodedNonce);

        var buffer = new ArrayBufferWriter<byte>(256 + message.Text.Length);
        using var writer = new Utf8JsonWriter(buffer, Writing);
        writer.WriteStartObject();
        writer.WriteString("from"u8, message.From.Value);
        writer.WriteString("to"u8, message.To.Value);
        writer.WriteNumber("timestamp"u8, message.SentAt.ToUnixTimeMilliseconds());
        writer.WriteString("message"u8, message.Text);
        writer.WriteString("nonce"u8, encodedNonce);
        if (message.Delivery is { } delivery) DeliveryCodec.Write(writer, delivery);
        if (message.Capabilities is { } capabilities) CapabilitiesCodec.Write(writer, capabilities);
        writer.Flush();
        LengthPadding.Write(writer, buffer.WrittenCount);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a plaintext strictly: each of the four fields once, under its exact name and of its type, and other fields passed over.</summary>
    /// <returns><see langword="null"/> where it is none.</returns>
    public static PlaintextContent? TryRead(ReadOnlySpan<byte> plaintext)
    {
        try
        {
            return Read(plaintext);
        }
        catch (Exception e) when (StrictObject.IsBadInput(e))
        {
            return null;
        }
    }

    private static PlaintextContent Read(ReadOnlySpan<byte> plaintext)
    {
        string? from = null, to = null, text = null;
        DateTimeOffset? sentAt = null;
        Capabilities? capabilities = null;
        var delivery = new DeliveryCodec();
        var json = new StrictObject(plaintext, Names);
        while (json.Next(out var field))
        {
            if (field == From) from = json.GetText();
            else if (field == To) to = json.GetText();
            else if (field == Timestamp) sentAt = json.GetUnixTime();
            else if (field == Text) text = json.GetText();
            else if (field == Caps) capabilities = CapabilitiesCodec.Read(json.GetObject(CapabilitiesCodec.Parts));
            else delivery.Read(ref json, field - Caps - 1);
        }
        return from is not null && to is not null && sentAt is { } time && text is not null
            ? new PlaintextContent(from, to, time, text, delivery.Done(text), capabilities)
            : throw new JsonException("A field of the message is missing.");
    }

    private static void CheckText(string text)
    {
        int length;
        try
        {
            length = StrictUtf8.GetByteCount(text);
        }
        catch (EncoderFallbackException)
        {
            // Without the inner exception, which names the character.
            throw new ArgumentException("The text is no valid Unicode: a surrogate stands alone.", nameof(text));
        }
        if (length > Message.MaxTextBytes) throw new ArgumentException($"The text takes {length} bytes; at most {Message.MaxTextBytes} can be sent.", nameof(text));
    }
}

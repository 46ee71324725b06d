using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using NesActors.Contracts;
using NesActors.Crypto.RsaAes.Json;

namespace NesActors.Crypto.RsaAes;

/// <summary>
/// The fields of the signed JSON that tell of delivery: <c>"stream"</c> (16 bytes, base64url), <c>"seq"</c>, <c>"ack":{"stream","upto","beyond":[hash, …],"read"}</c> and
/// <c>"kind":"confirm"</c>. What does not fit together spoils the message, and so does a kind that is not known: it is no text to be shown.
/// </summary>
internal ref struct DeliveryCodec
{
    private const int Stream = 0, Sequence = 1, Ack = 2, Kind = 3;
    private const int AckStream = 0, UpTo = 1, Beyond = 2, ReadUpTo = 3;
    private const string Confirmation = "confirm";

    private static readonly FieldNames AckNames = new("stream", "upto", "beyond", "read");

    private StreamId? _stream;
    private long? _sequence;
    private Acknowledgement? _ack;
    private string? _kind;

    public DeliveryCodec() { }

    /// <summary>The fields' names, in the order of their numbers.</summary>
    public static IReadOnlyList<string> Names { get; } = ["stream", "seq", "ack", "kind"];

    public static void Write(Utf8JsonWriter writer, Delivery delivery)
    {
        if (delivery.Stream is { } stream) writer.WriteString("stream"u8, Base64Url.EncodeToString(stream.ToBytes()));
        if (delivery.Sequence is { } sequence) writer.WriteNumber("seq"u8, sequence);
        if (delivery.Ack is { } ack)
        {
            writer.WriteStartObject("ack"u8);
            writer.WriteString("stream"u8, Base64Url.EncodeToString(ack.Stream.ToBytes()));
            writer.WriteNumber("upto"u8, ack.UpTo);
            writer.WriteStartArray("beyond"u8);
            foreach (var hash in ack.Beyond) writer.WriteStringValue(Base64Url.EncodeToString(hash.Span));
            writer.WriteEndArray();
            if (ack.ReadUpTo > 0) writer.WriteNumber("read"u8, ack.ReadUpTo);
            writer.WriteEndObject();
        }
        if (delivery.IsConfirmation) writer.WriteString("kind"u8, Confirmation);
    }

    /// <summary>Takes the value of a field.</summary>
    public void Read(ref StrictObject json, int field)
    {
        switch (field)
        {
            case Stream:
                _stream = ReadStream(json.GetText());
                break;
            case Sequence:
                _sequence = json.GetCount();
                break;
            case Ack:
                _ack = ReadAck(json.GetObject(AckNames));
                break;
            case Kind:
                _kind = json.GetText();
                break;
        }
    }

    /// <summary>What the fields say together; null where there was none.</summary>
    /// <exception cref="JsonException">They do not fit together.</exception>
    public readonly Delivery? Done(string text)
    {
        if (_kind is not (null or Confirmation)) throw new JsonException("A message of a kind that is not known.");
        if (_stream is null && _sequence is null && _ack is null && _kind is null) return null;
        var delivery = new Delivery { Stream = _stream, Sequence = _sequence, Ack = _ack, IsConfirmation = _kind is not null };
        return delivery.IsWhole && (_kind is null || text.Length == 0) ? delivery : throw new JsonException("What tells of delivery does not fit together.");
    }

    private static Acknowledgement ReadAck(StrictObject json)
    {
        StreamId? stream = null;
        long? upTo = null;
        var read = 0L;
        IReadOnlyList<ReadOnlyMemory<byte>>? beyond = null;
        while (json.Next(out var field))
        {
            if (field == AckStream) stream = ReadStream(json.GetText());
            else if (field == UpTo) upTo = json.GetCount();
            else if (field == ReadUpTo) read = json.GetCount();
            else if (field == Beyond) beyond = [.. json.GetTexts(Acknowledgement.MaxBeyond).Select(text => (ReadOnlyMemory<byte>)Decode(text, Acknowledgement.HashSize))];
        }
        return stream is { } name && upTo is { } number && beyond is not null
            ? new Acknowledgement(name, number, beyond) { ReadUpTo = read }
            : throw new JsonException("A part of the acknowledgement is missing.");
    }

    private static StreamId ReadStream(string text) => StreamId.Read(Decode(text, StreamId.Size));

    private static byte[] Decode(string text, int size)
    {
        var bytes = new byte[size];
        return text.Length == Base64Url.GetEncodedLength(size)
            && Base64Url.DecodeFromChars(text, bytes, out var read, out var written) == OperationStatus.Done && read == text.Length && written == size
            ? bytes
            : throw new JsonException("Not base64url of the right length.");
    }
}

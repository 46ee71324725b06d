using System.Security.Cryptography;
using System.Text;
using NesActors.Contracts;

namespace NesActors.Crypto.Nes2.Contents;

/// <summary>What a content says, unchecked but for its form.</summary>
internal sealed record ContentParts(string From, DateTimeOffset SentAt, string Text, Delivery? Delivery, Capabilities? Capabilities)
{
    /// <summary>Nothing of the content, so that no log holds it by accident.</summary>
    public override string ToString() => nameof(ContentParts);
}

/// <summary>
/// The message inside the encryption, all of it signed:
/// <c>version u8 | lp(from) | id[16] | timestamp i64 | stream[16] | number i64 | previous[32] | lp(tree head) | lp(ack) | lp(more) | type u16 | length u32 | body</c>.
/// </summary>
internal static class ContentCodec
{
    private const byte Version = 1;
    private const int IdLength = 16;
    private const int PreviousLength = SHA256.HashSizeInBytes;
    private const int AckHeadLength = StreamId.Size + 8 + 8;
    private const int TextType = 1, ConfirmationType = 2;
    private const int LongestName = 255;

    private static readonly byte[] NoPrevious = new byte[PreviousLength];

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">The text is no Unicode (a surrogate stands alone), or too long, or what tells of delivery does not fit together.</exception>
    public static void Write(Message message, ByteWriter to)
    {
        var text = Utf8(message.Text);
        var delivery = message.Delivery;
        if (delivery is not null && (!delivery.IsWhole || (delivery.IsConfirmation && text.Length > 0))) throw new ArgumentException("What tells of delivery does not fit together.", nameof(message));
        if (message.Capabilities is { IsWhole: false }) throw new ArgumentException("What tells of suites is in no form that can be sent.", nameof(message));
        Span<byte> id = stackalloc byte[IdLength];
        RandomNumberGenerator.Fill(id);
        to.U8(Version).Lp(message.From.Value).Bytes(id).Time(message.SentAt);
        to.Bytes((delivery?.Stream ?? default).ToBytes()).I64(delivery?.Sequence ?? 0);
        to.Bytes(delivery is { Previous.IsEmpty: false } chained ? chained.Previous.Span : NoPrevious).Lp([]).Lp(Write(delivery?.Ack)).Lp(MoreCodec.Write(message.Capabilities));
        to.U16(delivery is { IsConfirmation: true } ? ConfirmationType : TextType).U32(text.Length).Bytes(text);
    }

    /// <summary>Reads strictly: every field of its form, nothing left over. What is reserved is passed over; a version or type that is not known is no message to be shown.</summary>
    /// <returns><see langword="null"/> where it is none.</returns>
    public static ContentParts? TryRead(ReadOnlySpan<byte> message)
    {
        var reader = new ByteReader(message);
        if (reader.U8() != Version) return null;
        var from = reader.LpAscii(LongestName);
        reader.Take(IdLength);
        var sentAt = reader.Time();
        var stream = reader.Take(StreamId.Size);
        var number = reader.Count();
        var previous = reader.Take(PreviousLength);
        reader.Lp();
        var ack = reader.Lp();
        var more = reader.Lp();
        var type = reader.U16();
        var length = reader.U32();
        var body = length <= Message.MaxTextBytes ? reader.Take((int)length) : [];
        if (!reader.IsDone || body.Length != length || type is not (TextType or ConfirmationType)) return null;
        if (!TryReadDelivery(stream, number, previous, ack, type == ConfirmationType, out var delivery) || (type == ConfirmationType && length > 0)) return null;
        if (!MoreCodec.TryRead(more, out var capabilities)) return null;
        return TryReadText(body) is { } text ? new ContentParts(from, sentAt, text, delivery, capabilities) : null;
    }

    private static byte[] Write(Acknowledgement? ack)
    {
        if (ack is null) return [];
        var writer = new ByteWriter().Bytes(ack.Stream.ToBytes()).I64(ack.UpTo).I64(ack.ReadUpTo);
        foreach (var hash in ack.Beyond) writer.Bytes(hash.Span);
        return writer.ToArray();
    }

    private static bool TryReadDelivery(ReadOnlySpan<byte> stream, long number, ReadOnlySpan<byte> previous, ReadOnlySpan<byte> ackBytes, bool isConfirmation, out Delivery? delivery)
    {
        delivery = null;
        if (!TryReadAck(ackBytes, out var ack) || (number == 0 && stream.ContainsAnyExcept((byte)0))) return false;
        if (number == 0 && ack is null && !isConfirmation) return true;
        delivery = new Delivery
        {
            Stream = number == 0 ? null : StreamId.Read(stream),
            Sequence = number == 0 ? null : number,
            // Without a number there is nothing before it: earlier readers pass the field over.
            Previous = number == 0 || !previous.ContainsAnyExcept((byte)0) ? default(ReadOnlyMemory<byte>) : previous.ToArray(),
            Ack = ack,
            IsConfirmation = isConfirmation,
        };
        return delivery.IsWhole;
    }

    private static bool TryReadAck(ReadOnlySpan<byte> bytes, out Acknowledgement? ack)
    {
        ack = null;
        if (bytes.IsEmpty) return true;
        var hashes = bytes.Length - AckHeadLength;
        if (hashes < 0 || hashes % Acknowledgement.HashSize != 0 || hashes / Acknowledgement.HashSize > Acknowledgement.MaxBeyond) return false;
        var reader = new ByteReader(bytes);
        var stream = StreamId.Read(reader.Take(StreamId.Size));
        var (upTo, readUpTo) = (reader.Count(), reader.Count());
        var beyond = new List<ReadOnlyMemory<byte>>();
        while (!reader.IsEmpty) beyond.Add(reader.Take(Acknowledgement.HashSize).ToArray());
        ack = new Acknowledgement(stream, upTo, beyond) { ReadUpTo = readUpTo };
        return reader.IsDone;
    }

    private static string? TryReadText(ReadOnlySpan<byte> utf8) => System.Text.Unicode.Utf8.IsValid(utf8) ? Encoding.UTF8.GetString(utf8) : null;

    private static byte[] Utf8(string text)
    {
        try
        {
            var length = StrictUtf8.GetByteCount(text);
            return length <= Message.MaxTextBytes
                ? StrictUtf8.GetBytes(text)
                : throw new ArgumentException($"The text takes {length} bytes; at most {Message.MaxTextBytes} can be sent.", nameof(text));
        }
        catch (EncoderFallbackException)
        {
            // Without the inner exception, which names the character.
            throw new ArgumentException("The text is no valid Unicode: a surrogate stands alone.", nameof(text));
        }
    }
}

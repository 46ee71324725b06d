using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NesActors.Contracts;

namespace Sample.Suite;

/// <summary>What is signed and sealed. <paramref name="Nonce"/> is random: two contents are never the same, and a hash of one betrays no text.</summary>
internal sealed record SampleContent(string Nonce, string From, string To, long SentAt, string Text, Delivery? Delivery)
{
    public static byte[] Write(Message message)
    {
        // Throws for half a surrogate pair, which JSON would replace without a word.
        var bytes = new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(message.Text);
        if (bytes > Message.MaxTextBytes || message.Delivery is { IsWhole: false }) throw new ArgumentException("This is no message that can be sent.", nameof(message));
        var nonce = RandomNumberGenerator.GetHexString(32);
        return JsonSerializer.SerializeToUtf8Bytes(new SampleContent(nonce, message.From.Value, message.To.Value, message.SentAt.ToUnixTimeMilliseconds(), message.Text, message.Delivery), JsonSerializerOptions.Strict);
    }

    /// <summary>Takes whatever somebody may have sealed; <see langword="null"/> where it is no message.</summary>
    public static SampleContent? Read(ReadOnlySpan<byte> content)
    {
        try
        {
            var read = JsonSerializer.Deserialize<SampleContent>(content, JsonSerializerOptions.Strict);
            return read is { SentAt: >= 0 and < 253_402_300_800_000 } && IsSound(read.Delivery) && Encoding.UTF8.GetByteCount(read.Text) <= Message.MaxTextBytes ? read : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static bool IsSound(Delivery? delivery) => delivery is null || (delivery.IsWhole && (delivery.Ack is not { } ack
        || (ack.UpTo >= 0 && ack.ReadUpTo >= 0 && ack.Beyond.Count <= Acknowledgement.MaxBeyond && ack.Beyond.All(hash => hash.Length == Acknowledgement.HashSize))));
}

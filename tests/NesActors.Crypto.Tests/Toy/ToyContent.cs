using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NesActors.Contracts;

namespace NesActors.Crypto.Tests.Toy;

/// <summary>What a frame of the toy suite says (NOT FOR USE: a test fixture): a signature, then what it signs: nonce, names, time, delivery, text.</summary>
internal sealed class ToyContent
{
    public const int SignatureLength = 64;
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    public required byte[] Signature { get; init; }

    public required byte[] Signed { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    public required Delivery? Delivery { get; init; }

    public required string Text { get; init; }

    public static byte[] Write(Message message)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Utf8);
        writer.Write(RandomNumberGenerator.GetBytes(16));
        writer.Write(message.From.Value);
        writer.Write(message.To.Value);
        writer.Write(message.SentAt.ToUnixTimeMilliseconds());
        if (message.Delivery is { IsWhole: false }) throw new ArgumentException("What tells of delivery does not fit together.");
        writer.Write(JsonSerializer.Serialize(message.Delivery));
        writer.Write(Utf8.GetBytes(message.Text));
        writer.Flush();
        return stream.ToArray();
    }

    public static ToyContent? TryRead(byte[] plaintext)
    {
        if (plaintext.Length < SignatureLength) return null;
        var signed = plaintext[SignatureLength..];
        using var stream = new MemoryStream(signed);
        using var reader = new BinaryReader(stream, Utf8);
        try
        {
            reader.ReadBytes(16);
            return new ToyContent
            {
                Signature = plaintext[..SignatureLength],
                Signed = signed,
                From = reader.ReadString(),
                To = reader.ReadString(),
                SentAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64()),
                Delivery = JsonSerializer.Deserialize<Delivery>(reader.ReadString()),
                Text = Utf8.GetString(signed.AsSpan((int)stream.Position)),
            };
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException or JsonException)
        {
            return null;
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using NesActors.Contracts;

namespace NesActors.Crypto.Nes2.Contents;

/// <summary>
/// What the host keeps until a message is delivered: <c>lp(to) | message</c>. The recipient's name and prekey are no part of what is inside the frame (the key and the signature bind it to
/// them), and neither is the sender's fingerprint before the message is sealed: keys may have changed when it is sealed again.
/// </summary>
internal static class ComposedContent
{
    public static byte[] Write(Message message)
    {
        var writer = new ByteWriter(256 + message.Text.Length).Lp(message.To.Value);
        ContentCodec.Write(message, writer);
        return writer.ToArray();
    }

    /// <returns><see langword="null"/> where it is none of this user's.</returns>
    public static string? TryReadRecipient(ReadOnlySpan<byte> composed, Username from, out ReadOnlySpan<byte> message)
    {
        var reader = new ByteReader(composed);
        var to = Encoding.ASCII.GetString(reader.Lp());
        message = composed[reader.Before.Length..];
        return ContentCodec.TryRead(message) is { } parts && parts.From == from.Value ? to : null;
    }

    /// <summary>What a repeat is recognised by: SHA-256 of the message, which has a random id.</summary>
    public static byte[] HashOf(ReadOnlySpan<byte> message) => SHA256.HashData(message);
}

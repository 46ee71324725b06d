using System.Security.Cryptography;

namespace NesActors.Crypto.Nes2.Frames;

/// <summary>
/// What a sender signs: <c>"nes2/msg-sig/v1\0" | lp(directory id) | header | SHA-256(enc) | lp(to) | recipient's fingerprint | SHA-512(content)</c>. Bound to the header and to
/// <c>enc</c>, it is worth nothing in another frame: nobody can seal it again for somebody else.
/// </summary>
internal static class MessageSignature
{
    public static byte[] Input(Recipient recipient, ReadOnlySpan<byte> header, ReadOnlySpan<byte> enc, ReadOnlySpan<byte> content)
    {
        Span<byte> encHash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(enc, encHash);
        Span<byte> contentHash = stackalloc byte[SHA512.HashSizeInBytes];
        SHA512.HashData(content, contentHash);
        return new ByteWriter(320).Bytes(Domains.MessageSignature).Lp(recipient.DirectoryId).Bytes(header).Bytes(encHash)
            .Lp(recipient.User.Value).Bytes(recipient.Fingerprint).Bytes(contentHash).ToArray();
    }
}

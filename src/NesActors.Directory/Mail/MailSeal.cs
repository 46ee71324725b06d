using System.Security.Cryptography;
using System.Text;

namespace NesActors.Directory.Mail;

/// <summary>
/// Seals what waits in the table <c>mails</c>, by AES-256-GCM (NIST SP 800-38D) under <see cref="MailKey"/>: a random nonce, the tag, then the text.
/// It is bound to the kind, the name and the time of its row, so that a row cannot be passed off as another.
/// </summary>
internal sealed class MailSeal(byte[] key) : IDisposable
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly AesGcm _aes = new(key, TagSize);

    public byte[] Seal(ReadOnlySpan<byte> content, string kind, string name, long createdAt)
    {
        var box = new byte[NonceSize + TagSize + content.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceSize));
        _aes.Encrypt(box.AsSpan(0, NonceSize), content, box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), Bound(kind, name, createdAt));
        return box;
    }

    /// <returns>Null where it was sealed under another key, for another row, or damaged.</returns>
    public byte[]? TryOpen(byte[] box, string kind, string name, long createdAt)
    {
        if (box.Length < NonceSize + TagSize) return null;
        var content = new byte[box.Length - NonceSize - TagSize];
        try
        {
            _aes.Decrypt(box.AsSpan(0, NonceSize), box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), content, Bound(kind, name, createdAt));
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    public void Dispose() => _aes.Dispose();

    private static byte[] Bound(string kind, string name, long createdAt) =>
        Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"nes-directory-mail-v1\n{kind}\n{name}\n{createdAt}\n"));
}

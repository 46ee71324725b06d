using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NesActors.Rsa;

/// <summary>PEM (RFC 7468), strictly: one object, of the kind that was asked for, and only white space around it.</summary>
internal static class PemText
{
    /// <summary>More than a private key of 8,192 bits takes; whatever is longer is not looked at.</summary>
    private const int MaxLength = 16 * 1024;

    private static readonly SearchValues<byte> WhiteSpace = SearchValues.Create(" \t\r\n"u8);

    public static byte[] Read(string text, string label)
    {
        CheckLength(text.Length);
        // What is not ASCII becomes '?', which PEM does not have: no need to tell it apart.
        var (found, der) = Read(Encoding.ASCII.GetBytes(text));
        return found == label ? der : throw new CryptographicException($"The PEM holds \"{Shorten(found)}\" where \"{label}\" is expected.");
    }

    public static (string Label, byte[] Der) ReadPrivate(ReadOnlySpan<byte> utf8)
    {
        CheckLength(utf8.Length);
        if (utf8.IndexOf("ENCRYPTED"u8) >= 0) throw new CryptographicException("The private key is encrypted with a passphrase.");
        return Read(utf8);
    }

    public static byte[] WritePrivate(ReadOnlySpan<byte> label, ReadOnlySpan<byte> der)
    {
        var pem = PemEncoding.WriteUtf8(label, der);
        var file = new byte[pem.Length + 1];
        pem.CopyTo(file, 0);
        file[^1] = (byte)'\n';
        CryptographicOperations.ZeroMemory(pem);
        return file;
    }

    private static void CheckLength(int length)
    {
        if (length > MaxLength) throw new CryptographicException("Too long for a key in PEM.");
    }

    private static (string Label, byte[] Der) Read(ReadOnlySpan<byte> utf8)
    {
        if (!PemEncoding.TryFindUtf8(utf8, out var fields)) throw new CryptographicException("This is no key in PEM.");
        if (!IsWhiteSpace(utf8[..fields.Location.Start.Value]) || !IsWhiteSpace(utf8[fields.Location.End.Value..]))
            throw new CryptographicException("There is more than one key, or other text beside the key.");

        var label = Encoding.ASCII.GetString(utf8[fields.Label]);
        var der = new byte[fields.DecodedDataLength];
        var status = Base64.DecodeFromUtf8(utf8[fields.Base64Data], der, out _, out var written);
        return status == OperationStatus.Done && written == der.Length
            ? (label, der)
            : throw new CryptographicException("This is no key in PEM.");
    }

    private static bool IsWhiteSpace(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(WhiteSpace);

    private static string Shorten(string label) => label.Length <= 40 ? label : label[..40] + "…";
}

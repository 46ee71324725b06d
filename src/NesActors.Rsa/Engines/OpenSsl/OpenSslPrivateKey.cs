using System.Security.Cryptography;
using static NesActors.Rsa.Engines.OpenSsl.LibCrypto;

namespace NesActors.Rsa.Engines.OpenSsl;

/// <inheritdoc cref="IRsaPrivateOperations"/>
internal sealed class OpenSslPrivateKey((SafeEvpPKeyHandle Key, int ModulusLength) parsed) : IRsaPrivateOperations
{
    public int ModulusLength => parsed.ModulusLength;

    public byte[] SignPss(ReadOnlySpan<byte> hash)
    {
        using var context = PkeyContext.New(parsed.Key);
        PkeyContext.Check(EVP_PKEY_sign_init(context), nameof(EVP_PKEY_sign_init));
        PssContext.Set(context, MaxSaltLength);
        var signature = new byte[ModulusLength];
        var length = (nuint)signature.Length;
        PkeyContext.Check(EVP_PKEY_sign(context, signature, ref length, hash, (nuint)hash.Length), nameof(EVP_PKEY_sign));
        return signature;
    }

    public bool TryDecryptRaw(ReadOnlySpan<byte> ciphertext, Span<byte> padded)
    {
        using var context = PkeyContext.New(parsed.Key);
        PkeyContext.Check(EVP_PKEY_decrypt_init(context), nameof(EVP_PKEY_decrypt_init));
        PkeyContext.Check(EVP_PKEY_CTX_set_rsa_padding(context, PaddingNone), nameof(EVP_PKEY_CTX_set_rsa_padding));
        var length = (nuint)padded.Length;
        if (EVP_PKEY_decrypt(context, padded, ref length, ciphertext, (nuint)ciphertext.Length) == 1) return true;
        ERR_clear_error();
        return false;
    }

    public void Dispose() => parsed.Key.Dispose();
}

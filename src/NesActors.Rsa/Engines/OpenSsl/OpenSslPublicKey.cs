using System.Security.Cryptography;
using static NesActors.Rsa.Engines.OpenSsl.LibCrypto;

namespace NesActors.Rsa.Engines.OpenSsl;

/// <inheritdoc cref="IRsaPublicOperations"/>
internal sealed class OpenSslPublicKey((SafeEvpPKeyHandle Key, int ModulusLength) parsed) : IRsaPublicOperations
{
    public int ModulusLength => parsed.ModulusLength;

    public byte[] Encrypt(ReadOnlySpan<byte> secret)
    {
        using var context = PkeyContext.New(parsed.Key);
        PkeyContext.Check(EVP_PKEY_encrypt_init(context), nameof(EVP_PKEY_encrypt_init));
        PkeyContext.Check(EVP_PKEY_CTX_set_rsa_padding(context, PaddingPkcs1), nameof(EVP_PKEY_CTX_set_rsa_padding));
        var output = new byte[ModulusLength];
        var length = (nuint)output.Length;
        PkeyContext.Check(EVP_PKEY_encrypt(context, output, ref length, secret, (nuint)secret.Length), nameof(EVP_PKEY_encrypt));
        return output;
    }

    public bool VerifyPss(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        using var context = PkeyContext.New(parsed.Key);
        PkeyContext.Check(EVP_PKEY_verify_init(context), nameof(EVP_PKEY_verify_init));
        PssContext.Set(context, AnySaltLength);
        var isGood = EVP_PKEY_verify(context, signature, (nuint)signature.Length, hash, (nuint)hash.Length) == 1;
        if (!isGood) ERR_clear_error();
        return isGood;
    }

    public void Dispose() => parsed.Key.Dispose();
}

using System.Runtime.Versioning;
using System.Security.Cryptography;
using NesActors.Rsa.Engines.OpenSsl;
using NesActors.Testing.Vectors;
using static NesActors.Rsa.Engines.OpenSsl.LibCrypto;

namespace NesActors.Benchmarks.Limits;

/// <summary>
/// OpenSSL with nothing around it: one context for each operation, prepared once, one buffer for each result. No suite that does one
/// operation with a private and one with a public key can be faster.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class RawRsa : IDisposable
{
    private const string Set = "set padding";
    private readonly SafeEvpPKeyHandle _key;
    private readonly PkeyContext _sign, _encrypt, _decrypt, _verify;
    private readonly byte[] _hash = SHA256.HashData("limit"u8), _secret = new byte[48], _result = new byte[256], _ciphertext = new byte[256], _signature = new byte[256];

    public RawRsa()
    {
        using var rsa = new RSAOpenSsl();
        rsa.ImportFromPem(VectorUser.Amy.PrivateSignPem);
        _key = rsa.DuplicateKeyHandle();
        _sign = New(EVP_PKEY_sign_init, context => PssContext.Set(context, MaxSaltLength));
        _verify = New(EVP_PKEY_verify_init, context => PssContext.Set(context, AnySaltLength));
        _encrypt = New(EVP_PKEY_encrypt_init, context => PkeyContext.Check(EVP_PKEY_CTX_set_rsa_padding(context, PaddingPkcs1), Set));
        _decrypt = New(EVP_PKEY_decrypt_init, context => PkeyContext.Check(EVP_PKEY_CTX_set_rsa_padding(context, PaddingNone), Set));
        Sign(_signature);
        Encrypt(_ciphertext);
    }

    /// <summary>What sealing needs at least.</summary>
    public void SignAndEncrypt()
    {
        Sign(_result);
        Encrypt(_result);
    }

    /// <summary>What opening needs at least.</summary>
    public void DecryptAndVerify()
    {
        var length = (nuint)_result.Length;
        PkeyContext.Check(EVP_PKEY_decrypt(_decrypt, _result, ref length, _ciphertext, (nuint)_ciphertext.Length), "decrypt");
        PkeyContext.Check(EVP_PKEY_verify(_verify, _signature, (nuint)_signature.Length, _hash, (nuint)_hash.Length), "verify");
    }

    public void Dispose()
    {
        foreach (var part in (IDisposable[])[_sign, _encrypt, _decrypt, _verify, _key]) part.Dispose();
    }

    private PkeyContext New(Func<PkeyContext, int> initialise, Action<PkeyContext> set)
    {
        var context = PkeyContext.New(_key);
        PkeyContext.Check(initialise(context), "init");
        set(context);
        return context;
    }

    private void Sign(byte[] signature)
    {
        var length = (nuint)signature.Length;
        PkeyContext.Check(EVP_PKEY_sign(_sign, signature, ref length, _hash, (nuint)_hash.Length), "sign");
    }

    private void Encrypt(byte[] ciphertext)
    {
        var length = (nuint)ciphertext.Length;
        PkeyContext.Check(EVP_PKEY_encrypt(_encrypt, ciphertext, ref length, _secret, (nuint)_secret.Length), "encrypt");
    }
}

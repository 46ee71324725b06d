using static NesActors.Rsa.Engines.OpenSsl.LibCrypto;

namespace NesActors.Rsa.Engines.OpenSsl;

/// <summary>PSS with SHA-256 for the hash and for the mask.</summary>
internal static class PssContext
{
    /// <summary>Says so to a context that was initialised for signing or verifying.</summary>
    public static void Set(PkeyContext context, int saltLength)
    {
        var sha256 = EVP_sha256();
        PkeyContext.Check(EVP_PKEY_CTX_set_rsa_padding(context, PaddingPss), nameof(EVP_PKEY_CTX_set_rsa_padding));
        PkeyContext.Check(EVP_PKEY_CTX_set_signature_md(context, sha256), nameof(EVP_PKEY_CTX_set_signature_md));
        PkeyContext.Check(EVP_PKEY_CTX_set_rsa_mgf1_md(context, sha256), nameof(EVP_PKEY_CTX_set_rsa_mgf1_md));
        PkeyContext.Check(EVP_PKEY_CTX_set_rsa_pss_saltlen(context, saltLength), nameof(EVP_PKEY_CTX_set_rsa_pss_saltlen));
    }
}

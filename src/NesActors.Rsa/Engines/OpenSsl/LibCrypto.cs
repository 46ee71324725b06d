using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace NesActors.Rsa.Engines.OpenSsl;

/// <summary>The calls of OpenSSL 3 that .NET has no way to: padding, salt length. Names and values are those of <c>openssl/evp.h</c> and <c>openssl/rsa.h</c>.</summary>
internal static partial class LibCrypto
{
    public const string Name = "libcrypto.so.3";

    public const int PaddingPkcs1 = 1;
    public const int PaddingNone = 3;
    public const int PaddingPss = 6;

    /// <summary>RSA_PSS_SALTLEN_AUTO: any length, when verifying.</summary>
    public const int AnySaltLength = -2;

    /// <summary>RSA_PSS_SALTLEN_MAX: the greatest that fits, when signing.</summary>
    public const int MaxSaltLength = -3;

    private const DllImportSearchPath SystemOnly = DllImportSearchPath.SafeDirectories;

    /// <summary>Whether the library can be loaded and is the very one that .NET itself runs on: its keys are handed over by pointer.</summary>
    [SupportedOSPlatform("linux")]
    public static bool IsWhatDotNetUses()
    {
        if (!NativeLibrary.TryLoad(Name, typeof(LibCrypto).Assembly, SystemOnly, out _)) return false;
        var version = SafeEvpPKeyHandle.OpenSslVersion;
        return version >> 28 == 3 && OpenSSL_version_num() == (nuint)(nint)version;
    }

    [LibraryImport(Name)]
    [DefaultDllImportSearchPaths(SystemOnly)]
    public static partial nuint OpenSSL_version_num();

    [LibraryImport(Name)]
    [DefaultDllImportSearchPaths(SystemOnly)]
    public static partial void ERR_clear_error();

    [LibraryImport(Name)]
    [DefaultDllImportSearchPaths(SystemOnly)]
    public static partial nint EVP_sha256();

    [LibraryImport(Name)]
    [DefaultDllImportSearchPaths(SystemOnly)]
    public static partial PkeyContext EVP_PKEY_CTX_new(SafeEvpPKeyHandle key, nint engine);

    [LibraryImport(Name)]
    [DefaultDllImportSearchPaths(SystemOnly)]
    public static partial void EVP_PKEY_CTX_free(nint context);

    [LibraryImport(Name)]
    [DefaultDllImportSearchPaths(SystemOnly)]
    public static partial int EVP_PKEY_CTX_set_rsa_padding(PkeyContext context, int padding);

    [LibraryImport(Name)]
    [DefaultDllImportSearchPaths(SystemOnly)]
    public static partial int EVP_PKEY_CTX_set_rsa_pss_saltlen(PkeyContext context, int saltLength);

    [LibraryImport(Name)]
    [DefaultDllImportSearchPaths(SystemOnly)]
    public static partial int EVP_PKEY_CTX_set_rsa_mgf1_md(PkeyContext context, nint digest);

    [LibraryImport(Name)]
    [DefaultDllImportSearchPaths(SystemOnly)]
    public static partial int EVP_PKEY_CTX_set_signature_md(PkeyContext context, nint digest);

    [LibraryImport(Name)]
    [DefaultDllImportSearchPaths(SystemOnly)]
    public static partial int EVP_PKEY_sign_init(PkeyContext context);

    [LibraryImport(Name)]
    [DefaultDllImportSearchPaths(SystemOnly)]
    public static partial int EVP_PKEY_sign(PkeyContext context, Span<byte> signature, ref nuint signatureLength, ReadOnlySpan<byte> hash, nuint hashLength);

    [LibraryImport(Name)]
    [DefaultDllImportSearchPaths(SystemOnly)]
    public static partial int EVP_PKEY_verify_init(PkeyContext context);

    [LibraryImport(Name)]
    [DefaultDllImportSearchPaths(SystemOnly)]
    public static partial int EVP_PKEY_verify(PkeyContext context, ReadOnlySpan<byte> signature, nuint signatureLength, ReadOnlySpan<byte> hash, nuint hashLength);

    [LibraryImport(Name)]
    [DefaultDllImportSearchPaths(SystemOnly)]
    public static partial int EVP_PKEY_encrypt_init(PkeyContext context);

    [LibraryImport(Name)]
    [DefaultDllImportSearchPaths(SystemOnly)]
    public static partial int EVP_PKEY_encrypt(PkeyContext context, Span<byte> output, ref nuint outputLength, ReadOnlySpan<byte> input, nuint inputLength);

    [LibraryImport(Name)]
    [DefaultDllImportSearchPaths(SystemOnly)]
    public static partial int EVP_PKEY_decrypt_init(PkeyContext context);

    [LibraryImport(Name)]
    [DefaultDllImportSearchPaths(SystemOnly)]
    public static partial int EVP_PKEY_decrypt(PkeyContext context, Span<byte> output, ref nuint outputLength, ReadOnlySpan<byte> input, nuint inputLength);
}

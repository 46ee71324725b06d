using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NesActors.Rsa.Engines.OpenSsl;

/// <summary>One operation with one key (<c>EVP_PKEY_CTX</c>). Costs some microseconds, so that each call has its own and none is shared by threads.</summary>
internal sealed class PkeyContext : SafeHandle
{
    public PkeyContext() : base(0, ownsHandle: true) { }

    public override bool IsInvalid => handle == 0;

    public static PkeyContext New(SafeEvpPKeyHandle key)
    {
        var context = LibCrypto.EVP_PKEY_CTX_new(key, 0);
        return context.IsInvalid ? throw Failed("EVP_PKEY_CTX_new") : context;
    }

    /// <summary>Throws where a call failed that cannot fail but for want of memory or a broken installation.</summary>
    public static void Check(int result, string call)
    {
        if (result != 1) throw Failed(call);
    }

    protected override bool ReleaseHandle()
    {
        LibCrypto.EVP_PKEY_CTX_free(handle);
        return true;
    }

    // The queue of errors is the thread's, and .NET's own next call must not find ours in it.
    private static CryptographicException Failed(string call)
    {
        LibCrypto.ERR_clear_error();
        return new CryptographicException($"OpenSSL failed: {call}.");
    }
}

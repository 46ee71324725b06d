using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace NesActors.Rsa.Engines.OpenSsl;

/// <summary>OpenSSL 3, on keys that .NET has parsed.</summary>
[SupportedOSPlatform("linux")]
internal sealed class OpenSslEngine : IRsaEngine
{
    private OpenSslEngine() { }

    public string Name => "OpenSSL";

    public static IRsaEngine? TryCreate() => LibCrypto.IsWhatDotNetUses() ? new OpenSslEngine() : null;

    public IRsaPublicOperations OpenPublic(in RSAParameters parameters) => new OpenSslPublicKey(Duplicate(parameters));

    public IRsaPrivateOperations OpenPrivate(in RSAParameters parameters) => new OpenSslPrivateKey(Duplicate(parameters));

    private static (SafeEvpPKeyHandle Key, int ModulusLength) Duplicate(in RSAParameters parameters)
    {
        using var rsa = new RSAOpenSsl(parameters);
        return (rsa.DuplicateKeyHandle(), (rsa.KeySize + 7) / 8);
    }
}

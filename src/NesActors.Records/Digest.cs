using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using NesActors.Rsa;

namespace NesActors.Records;

/// <summary>A SHA-256 hash (FIPS 180-4) as the protocol writes it: 64 lower-case hexadecimal digits.</summary>
public readonly record struct Digest
{
    private readonly string? _hex;

    private Digest(string hex) => _hex = hex;

    /// <summary>The digits.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(Digest)</c>.</exception>
    public string Hex => _hex ?? throw new InvalidOperationException("This digest was never set.");

    /// <summary>The hash of some bytes.</summary>
    public static Digest Of(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data, hash);
        return new Digest(Convert.ToHexStringLower(hash));
    }

    /// <summary>The hash that stands for a public key: that of its SPKI in DER (RFC 5280, 4.1).</summary>
    public static Digest Of(RsaPublicKey key) => Of(key.ExportSpki());

    /// <summary>Takes exactly what the protocol allows: 64 digits, lower case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Digest digest)
    {
        digest = default;
        if (text is not { Length: 2 * SHA256.HashSizeInBytes } || text.Any(c => c is not ((>= '0' and <= '9') or (>= 'a' and <= 'f')))) return false;
        digest = new Digest(text);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => _hex ?? "";
}

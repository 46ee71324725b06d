using System.Buffers.Text;
using System.Security.Cryptography;

namespace NesActors.Directory.LookUp;

/// <summary>What a name is answered with.</summary>
internal sealed class LookUpAnswer(string name, bool isActive, byte[] body, DateTimeOffset freshUntil)
{
    private const int TagBytes = 12;

    public string Name => name;

    /// <summary>False where the body says that the name is revoked or deleted: only who asks for a proof gets it.</summary>
    public bool IsActive => isActive;

    public byte[] Body => body;

    /// <summary>When its freshness is over.</summary>
    public DateTimeOffset FreshUntil => freshUntil;

    /// <summary>Names these bytes: another record, signature or freshness has another.</summary>
    public string ETag { get; } = $"\"{Base64Url.EncodeToString(SHA256.HashData(body).AsSpan(0, TagBytes))}\"";
}

using NesActors.Records;

namespace NesActors.Core.KeyDirectory.Trust;

/// <summary>What was last verified of a directory that proves its records.</summary>
/// <param name="Anchor">The hash of the key that the person configured.</param>
/// <param name="Address">Where it is, for a person; it may move.</param>
/// <param name="Directory">The directory's id.</param>
/// <param name="Rev">How often its RSA key was changed.</param>
/// <param name="Key">Its newest RSA key, SPKI in PEM.</param>
/// <param name="FreshKey">Its Ed25519 key, 32 bytes.</param>
/// <param name="Issued">When the document that says so was made.</param>
/// <param name="Expires">Until when it is good.</param>
/// <param name="ProvesSince">When it was first seen to prove its records, by our clock.</param>
public sealed record KnownDirectory(
    Digest Anchor, string Address, Digest Directory, int Rev, string Key, ReadOnlyMemory<byte> FreshKey,
    DateTimeOffset Issued, DateTimeOffset Expires, DateTimeOffset ProvesSince)
{
    /// <summary>Whether a document that says this may take the place of one that said <paramref name="before"/>: it is not older.</summary>
    public bool Follows(KnownDirectory before)
    {
        ArgumentNullException.ThrowIfNull(before);
        return Directory == before.Directory && Rev >= before.Rev && Issued >= before.Issued;
    }
}

/// <summary>The newest record that was seen of a user.</summary>
/// <param name="Rev">Its revision.</param>
/// <param name="Hash">Its hash.</param>
public sealed record SeenRecord(long Rev, Digest Hash);

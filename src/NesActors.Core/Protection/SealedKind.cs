using System.Text;

namespace NesActors.Core.Protection;

/// <summary>A kind of file under a passphrase.</summary>
/// <param name="Mark">The letters at its beginning.</param>
/// <param name="Name">For a person.</param>
internal sealed record SealedKind(string Mark, string Name)
{
    /// <summary>All of an identity, to be kept elsewhere.</summary>
    public static SealedKind Backup { get; } = new("NES-BACKUP", "backup");

    /// <summary>An identity's private keys.</summary>
    public static SealedKind Keyring { get; } = new("NES-KEYRING", "keyring");

    /// <summary>The mark and the version, with which such a file begins.</summary>
    public byte[] Magic { get; } = [.. Encoding.ASCII.GetBytes(Mark), 1];

    /// <summary>Whether a file begins like one of these, of whatever version.</summary>
    public bool IsOne(ReadOnlySpan<byte> file) => file.StartsWith(Magic.AsSpan()[..^1]);
}

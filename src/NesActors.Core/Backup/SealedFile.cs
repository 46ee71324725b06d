using NesActors.Core.Protection;

namespace NesActors.Core.Backup;

/// <summary>A backup under a passphrase: <c>"NES-BACKUP" 0x01</c>, then as <see cref="PassphraseSeal"/> says.</summary>
public static class SealedFile
{
    /// <summary>Seals. It takes the better part of a second.</summary>
    /// <param name="content">What to protect.</param>
    /// <param name="passphrase">UTF-8; whoever has it and the file has the content.</param>
    public static byte[] Seal(ReadOnlySpan<byte> content, ReadOnlySpan<byte> passphrase)
    {
        using var seal = PassphraseSeal.Make(SealedKind.Backup, passphrase, PassphraseCost.Moderate);
        return seal.Seal(content);
    }

    /// <summary>Opens what <see cref="Seal"/> made.</summary>
    /// <returns>The content, which the caller overwrites; null where the passphrase is another or the file was changed: nobody can tell which.</returns>
    /// <exception cref="FormatException">The file is none of this kind or version.</exception>
    public static byte[]? Open(ReadOnlySpan<byte> file, ReadOnlySpan<byte> passphrase)
    {
        using var seal = PassphraseSeal.Open(SealedKind.Backup, file, passphrase, out var content);
        return seal is null ? null : content;
    }
}

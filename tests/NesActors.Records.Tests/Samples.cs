using NesActors.Contracts;
using NesActors.Rsa;

namespace NesActors.Records.Tests;

/// <summary>Keys and a record to begin from. The times have no part of a millisecond, as the protocol has none.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static readonly Username Bob = Username.Parse("bob");

    private static readonly Lazy<RsaPrivateKey[]> Keys = new(() => [RsaPrivateKey.Generate(2048), RsaPrivateKey.Generate(2048)]);

    public static RsaPrivateKey First => Keys.Value[0];

    public static RsaPrivateKey Second => Keys.Value[1];

    public static Digest Directory { get; } = Digest.Of("directory"u8);

    public static DirectoryRecord Active(long rev = 1) => new(Directory, Bob, rev, RecordStatus.Active, Now)
    {
        MessageKey = First.PublicKey.ToPem(),
        SignKey = Second.PublicKey.ToPem(),
        Prev = rev == 1 ? null : Digest.Of("before"u8),
    };

    public static DirectoryRecord Gone(RecordStatus status) => new(Directory, Bob, 2, status, Now) { Prev = Digest.Of("before"u8) };
}

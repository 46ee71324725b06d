namespace NesActors.Core.Protection;

/// <summary>What one guess of a passphrase costs: the numbers of Argon2id (RFC 9106) with one lane.</summary>
/// <param name="Memory">In KiB.</param>
/// <param name="Passes">How often all of it is gone through.</param>
internal readonly record struct PassphraseCost(uint Memory, uint Passes)
{
    /// <summary>What libsodium calls moderate: the better part of a second, and a quarter of a GiB for each guess.</summary>
    public static PassphraseCost Moderate { get; } = new(256 * 1024, 3);

    /// <summary>Whether a file may ask for it: more than any program will write for years is allowed, and less than hurts.</summary>
    public bool IsBearable => Memory is >= 8 and <= 1024 * 1024 && Passes is >= 1 and <= 16;
}

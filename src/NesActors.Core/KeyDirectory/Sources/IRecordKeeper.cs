using NesActors.Contracts.Crypto;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>A source of keys that users write to themselves.</summary>
public interface IRecordKeeper
{
    /// <summary>Puts a user's newest record in the place of an older one of the same user; does nothing where there is none, or one under another sign key.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">As before.</exception>
    Task RenewAsync(PublicRecord mine, CancellationToken cancellation);
}

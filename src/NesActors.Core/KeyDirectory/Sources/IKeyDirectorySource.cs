using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>Where public keys come from: an HTTP directory, or a folder of PEM files. No cache; the key directory actor has that.</summary>
public interface IKeyDirectorySource
{
    /// <summary>Asks for a user's record and checks it as far as the source can prove it.</summary>
    /// <returns>What came of it; nothing that the other side does is thrown.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<LookupResult> LookUpAsync(Username user, CancellationToken cancellation);
}

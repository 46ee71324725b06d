using NesActors.Contracts;
using NesActors.Records;

namespace NesActors.Core.KeyDirectory.Trust;

/// <summary>
/// What a client remembers of directories, so that none of them can go back: to an older key, to an older record, to proving nothing. Safe for
/// several threads, and several processes, at once.
/// </summary>
public interface IDirectoryMemory
{
    /// <summary>What is known of a directory.</summary>
    /// <param name="anchor">The hash of the key that the person configured for it.</param>
    /// <returns><see langword="null"/> where it was never seen to prove its records.</returns>
    /// <exception cref="Storage.State.StateException">The memory cannot be read.</exception>
    KnownDirectory? Find(Digest anchor);

    /// <summary>Takes over what was verified, unless something newer is known by now.</summary>
    /// <returns>What is known after that.</returns>
    /// <exception cref="Storage.State.StateException">The memory cannot be written.</exception>
    KnownDirectory Remember(KnownDirectory directory);

    /// <summary>The newest record seen of a user.</summary>
    /// <exception cref="Storage.State.StateException">The memory cannot be read.</exception>
    SeenRecord? Find(Digest directory, Username user);

    /// <summary>Takes over a verified record, unless it is older than, or another than, the newest seen.</summary>
    /// <returns>The newest seen after that: <paramref name="record"/>, or what speaks against it.</returns>
    /// <exception cref="Storage.State.StateException">The memory cannot be written.</exception>
    SeenRecord See(Digest directory, Username user, SeenRecord record);
}

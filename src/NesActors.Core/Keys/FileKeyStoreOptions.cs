using NesActors.Contracts;

namespace NesActors.Core.Keys;

/// <summary>Where a user's key files lie.</summary>
/// <param name="User">Whose they are: <c>rsa-sign</c> lies in <c>alice-rsa-sign</c>.</param>
/// <param name="Folder">The folder, made with mode 0700 where it is not there.</param>
public sealed record FileKeyStoreOptions(Username User, string Folder)
{
    /// <summary>Files for some entries that lie elsewhere, by the entry's name.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether an entry that is there stays and writing it is an error, also when two processes write it at once.</summary>
    public bool KeepExisting { get; init; }

    /// <summary>Whether private keys are read although other users of the machine can read them too.</summary>
    public bool AllowOpenKeys { get; init; }
}

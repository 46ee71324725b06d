using NesActors.Contracts;
using NesActors.Records;

namespace NesActors.Core.KeyDirectory.Trust;

/// <summary>A memory that lasts as long as the process: for a command that asks once, and for tests.</summary>
public sealed class VolatileDirectoryMemory : IDirectoryMemory
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Digest, KnownDirectory> _directories = [];
    private readonly Dictionary<(Digest Directory, Username User), SeenRecord> _records = [];

    /// <inheritdoc/>
    public KnownDirectory? Find(Digest anchor)
    {
        lock (_gate) return _directories.GetValueOrDefault(anchor);
    }

    /// <inheritdoc/>
    public KnownDirectory Remember(KnownDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        lock (_gate)
        {
            if (_directories.TryGetValue(directory.Anchor, out var known) && !directory.Follows(known)) return known;
            return _directories[directory.Anchor] = known is null ? directory : directory with { ProvesSince = known.ProvesSince };
        }
    }

    /// <inheritdoc/>
    public SeenRecord? Find(Digest directory, Username user)
    {
        lock (_gate) return _records.GetValueOrDefault((directory, user));
    }

    /// <inheritdoc/>
    public SeenRecord See(Digest directory, Username user, SeenRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        lock (_gate)
        {
            if (_records.TryGetValue((directory, user), out var seen) && seen.Rev >= record.Rev) return seen;
            return _records[(directory, user)] = record;
        }
    }
}

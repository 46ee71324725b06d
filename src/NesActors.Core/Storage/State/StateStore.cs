using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Records;

namespace NesActors.Core.Storage.State;

/// <summary>
/// An identity's durable memory: how far each directory was seen to have come, and whose keys are pinned. It lies in <c>state.db</c> of the
/// identity's state folder and is opened at the first use. Safe for several threads, and several processes, at once.
/// </summary>
/// <param name="folder">The state folder, made with mode 0700 where it is missing.</param>
/// <param name="clock">The time at which something was seen.</param>
public sealed class StateStore(string folder, TimeProvider clock) : IDirectoryMemory, IDisposable
{
    private readonly Lock _opening = new();
    private StateDatabase? _database;
    private bool _disposed;

    /// <summary>Whether a folder has such a memory. Opens and makes nothing.</summary>
    public static bool IsThere(string folder) => File.Exists(Path.Combine(folder, StateFolder.DatabaseFile));

    /// <summary>The state folder.</summary>
    public string Folder => folder;

    /// <summary>Opens the memory now, to learn whether it can be used.</summary>
    /// <exception cref="StateException">It cannot.</exception>
    public void Open() => Database();

    /// <summary>The name of this installation, random and in no backup: what a broker may know the user's session by.</summary>
    /// <exception cref="StateException">It cannot be read, or written where there was none.</exception>
    public string InstallationName() => Installation.Of(folder);

    /// <inheritdoc/>
    public KnownDirectory? Find(Digest anchor) => Database().Read(connection => DirectoryTable.Find(connection, anchor));

    /// <inheritdoc/>
    public KnownDirectory Remember(KnownDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        return Database().Write(connection =>
        {
            var known = DirectoryTable.Find(connection, directory.Anchor);
            if (known is not null && !directory.Follows(known)) return known;
            DirectoryTable.Put(connection, directory);
            return known is null ? directory : directory with { ProvesSince = known.ProvesSince };
        });
    }

    /// <inheritdoc/>
    public SeenRecord? Find(Digest directory, Username user) => Database().Read(connection => RecordTable.Find(connection, directory, user));

    /// <inheritdoc/>
    public SeenRecord See(Digest directory, Username user, SeenRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        // Nearly every look-up shows what was seen before: then nothing is written.
        if (Find(directory, user) is { } known && known.Rev >= record.Rev) return known;
        return Database().Write(connection =>
        {
            if (RecordTable.Find(connection, directory, user) is { } seen && seen.Rev >= record.Rev) return seen;
            RecordTable.Put(connection, directory, user, record, clock.GetUtcNow());
            return record;
        });
    }

    /// <summary>The keys of a contact that are pinned; null where none are.</summary>
    /// <exception cref="StateException">The memory cannot be used.</exception>
    public Fingerprint? PinnedOf(Username user) => Database().Read(
        connection => connection.Query(row => row.TextOrNull(0), "SELECT pinned FROM contacts WHERE user = $user", ("$user", user.Value)).SingleOrDefault() is { } pinned ? new Fingerprint(pinned) : (Fingerprint?)null);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_opening)
        {
            _disposed = true;
            _database?.Dispose();
            _database = null;
        }
    }

    private StateDatabase Database()
    {
        lock (_opening)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _database ??= StateDatabase.Open(folder);
        }
    }
}

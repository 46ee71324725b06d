using NesActors.Cli.Commands;
using NesActors.Core.Attach;
using NesActors.Core.Storage;
using NesActors.Core.Storage.Sqlite;

namespace NesActors.Cli.Hosting;

/// <summary>The user's stored messages: by the process that runs the session, or from the state folder, without a session.</summary>
internal sealed class StoredHistory : IAsyncDisposable
{
    private readonly AttachedMessenger? _attached;
    private readonly SqliteMessageStore? _store;

    private StoredHistory(AttachedMessenger attached) => Messages = _attached = attached;

    private StoredHistory(SqliteMessageStore store) => Messages = _store = store;

    /// <summary>The messages.</summary>
    public IMessageArchive Messages { get; }

    /// <exception cref="CliException">There are none.</exception>
    public static async Task<StoredHistory> OpenAsync(Invocation run, CancellationToken cancellation)
    {
        var folder = run.Settings.StateFolder;
        if (!System.IO.Directory.Exists(folder)) throw CliException.NotFound($"{run.Settings.User} has no messages: there is no folder {folder}");
        return await SharedSession.TryAttachAsync(run, isOneShot: true, cancellation) is { } attached ? new StoredHistory(attached) : new StoredHistory(OpenStore(run, folder));
    }

    /// <summary>Opens the store of a state folder.</summary>
    public static SqliteMessageStore OpenStore(Invocation run, string folder) =>
        SqliteMessageStore.Open(folder, run.Environment.Clock, new MessageStoreOptions { History = run.Settings.History, KeyWrap = run.Session().Unlock()?.StoreWrap });

    public async ValueTask DisposeAsync()
    {
        _attached?.Dispose();
        if (_store is not null) await _store.DisposeAsync();
    }
}

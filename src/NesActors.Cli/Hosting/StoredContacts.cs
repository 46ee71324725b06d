using NesActors.Cli.Commands;
using NesActors.Contracts.Crypto;
using NesActors.Core.Attach;
using NesActors.Core.Storage;
using NesActors.Core.Storage.Sqlite;

namespace NesActors.Cli.Hosting;

/// <summary>The user's contacts: by the process that runs the session, or from the state folder, without a session.</summary>
internal sealed class StoredContacts : IAsyncDisposable
{
    private readonly Invocation _run;
    private readonly AttachedMessenger? _attached;
    private readonly SqliteMessageStore? _store;
    private Fingerprint? _mine;

    private StoredContacts(Invocation run, AttachedMessenger attached) => (_run, Book, _attached) = (run, attached, attached);

    private StoredContacts(Invocation run, SqliteMessageStore store) => (_run, Book, _store) = (run, store, store);

    /// <summary>The contacts.</summary>
    public IContactBook Book { get; }

    /// <summary>Opens them; where there is no state folder yet, it is made.</summary>
    public static async Task<StoredContacts> OpenAsync(Invocation run, CancellationToken cancellation) =>
        await SharedSession.TryAttachAsync(run, isOneShot: true, cancellation) is { } attached ? new StoredContacts(run, attached) : new StoredContacts(run, OpenStore(run));

    /// <summary>The user's own keys: those that the running session uses, else those of the files.</summary>
    /// <exception cref="CliException">There are none.</exception>
    public Fingerprint MyKeys() => _mine ??= _attached?.MyFingerprint ?? OfFiles();

    public async ValueTask DisposeAsync()
    {
        _attached?.Dispose();
        if (_store is not null) await _store.DisposeAsync();
    }

    private Fingerprint OfFiles()
    {
        var session = _run.Session();
        using var identity = session.Identity(session.Suites.Pinned());
        return identity.Fingerprint;
    }

    private static SqliteMessageStore OpenStore(Invocation run) => SqliteMessageStore.Open(
        run.Settings.StateFolder, run.Environment.Clock, new MessageStoreOptions { History = run.Settings.History, KeyWrap = run.Session().Unlock()?.StoreWrap });
}

using Microsoft.Extensions.Logging;
using NesActors.Directory.Api;
using NesActors.Directory.Keys;
using NesActors.Directory.Storage;

namespace NesActors.Directory.LookUp;

/// <summary>The parts of look-ups, put together.</summary>
internal sealed class LookUpService : IAsyncDisposable
{
    private readonly IDatabase _database;
    private readonly DirectoryOptions _options;
    private readonly AnswerStore _store;
    private readonly AnswerSigner _signer;
    private readonly RenewalQueue _queue;
    private readonly LookUps _lookUps;
    private Renewal? _renewal;

    public LookUpService(IDatabase database, DirectoryKeys keys, DirectoryOptions options)
    {
        (_database, _options) = (database, options);
        _store = new AnswerStore(database);
        _signer = new AnswerSigner(keys, options.Clock);
        _queue = new RenewalQueue(_store, keys.Rev, options.LoggerFactory.CreateLogger<RenewalQueue>());
        _lookUps = new LookUps(database, _store, _signer, _queue, options.Clock);
        Api = new LookUpApi(_lookUps, _signer);
    }

    public LookUpApi Api { get; }

    public ILookUpCache Cache => _lookUps;

    /// <summary>Reads the names, and begins with what goes on behind look-ups.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        await _lookUps.LoadAsync(cancellation).ConfigureAwait(false);
        _database.Watch(_lookUps.Distrust, _lookUps.LoadAsync, _options.LoggerFactory.CreateLogger<IDatabase>());
        _renewal = new Renewal(_store, _signer, _options.Clock, _options.LoggerFactory.CreateLogger<Renewal>());
    }

    public async ValueTask DisposeAsync()
    {
        if (_renewal is not null) await _renewal.DisposeAsync().ConfigureAwait(false);
        await _queue.DisposeAsync().ConfigureAwait(false);
        _signer.Dispose();
    }
}

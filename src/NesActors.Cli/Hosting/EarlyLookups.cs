using System.Collections.Concurrent;
using NesActors.Contracts;
using NesActors.Core.KeyDirectory.Sources;

namespace NesActors.Cli.Hosting;

/// <summary>A key directory that is asked for the recipients while the session still starts; each of these answers serves once.</summary>
internal sealed class EarlyLookups : IKeyDirectorySource, IKeyHistorySource, IDisposable
{
    private readonly IKeyDirectorySource _inner;
    private readonly ConcurrentDictionary<Username, Task<LookupResult>> _early;

    /// <summary>Begins to ask.</summary>
    public EarlyLookups(IKeyDirectorySource inner, IEnumerable<Username> users, CancellationToken cancellation)
    {
        _inner = inner;
        _early = new(users.Select(user => KeyValuePair.Create(user, Task.Run(() => inner.LookUpAsync(user, cancellation), cancellation))));
    }

    public Task<LookupResult> LookUpAsync(Username user, CancellationToken cancellation) =>
        _early.TryRemove(user, out var early) ? early.WaitAsync(cancellation) : _inner.LookUpAsync(user, cancellation);

    public Task<HistoryResult> HistoryAsync(Username user, CancellationToken cancellation) =>
        _inner is IKeyHistorySource source ? source.HistoryAsync(user, cancellation) : Task.FromResult<HistoryResult>(new HistoryResult.Plain());

    public void Dispose() => (_inner as IDisposable)?.Dispose();
}

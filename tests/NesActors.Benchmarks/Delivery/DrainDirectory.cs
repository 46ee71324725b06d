using System.Collections.Concurrent;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Sources;

namespace NesActors.Benchmarks.Delivery;

/// <summary>A directory that knows those who joined, and can be down.</summary>
internal sealed class DrainDirectory : IKeyDirectorySource
{
    private readonly ConcurrentDictionary<Username, PublicRecord> _records = new();

    public DateTimeOffset DownUntil { get; set; }

    public void Join(PublicRecord record) => _records[record.User] = record;

    public Task<LookupResult> LookUpAsync(Username user, CancellationToken cancellation)
    {
        if (TimeProvider.System.GetUtcNow() < DownUntil) return Task.FromResult<LookupResult>(new LookupResult.Unavailable("It is down."));
        return Task.FromResult<LookupResult>(_records.TryGetValue(user, out var record) ? new LookupResult.Found(record) : new LookupResult.NotFound());
    }
}

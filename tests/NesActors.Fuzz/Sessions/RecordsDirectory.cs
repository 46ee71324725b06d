using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Sources;

namespace NesActors.Fuzz.Sessions;

/// <summary>A directory that knows some users, and they do not change.</summary>
internal sealed class RecordsDirectory(IEnumerable<PublicRecord> records) : IKeyDirectorySource
{
    private readonly Dictionary<Username, LookupResult> _users = records.ToDictionary(record => record.User, record => (LookupResult)new LookupResult.Found(record));

    public Task<LookupResult> LookUpAsync(Username user, CancellationToken cancellation) => Task.FromResult(_users.GetValueOrDefault(user) ?? new LookupResult.NotFound());
}

using NesActors.Contracts;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Testing.Vectors;

namespace NesActors.Fuzz.Sessions;

/// <summary>A directory that knows the users of the vectors.</summary>
internal sealed class VectorDirectory : IKeyDirectorySource
{
    private readonly Dictionary<Username, LookupResult> _users = VectorUser.All.ToDictionary(user => user.Username, user => (LookupResult)new LookupResult.Found(user.PublicRecord));

    public Task<LookupResult> LookUpAsync(Username user, CancellationToken cancellation) => Task.FromResult(_users.GetValueOrDefault(user) ?? new LookupResult.NotFound());
}

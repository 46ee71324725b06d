using NesActors.Contracts;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Testing.Vectors;

namespace NesActors.Fuzz.Sessions;

/// <summary>A directory that knows the users of the vectors, and counts how often it is asked about others: of them it says that there are none, or nothing at all.</summary>
internal sealed class CountingDirectory : IKeyDirectorySource
{
    private readonly RecordsDirectory _known = new(VectorUser.All.Select(user => user.PublicRecord));
    private int _strangers;

    /// <summary>How often it was asked about somebody whom it does not know.</summary>
    public int AskedAboutStrangers => _strangers;

    /// <summary>Whether it gives no answer about those.</summary>
    public bool IsSilent { get; set; }

    public Task<LookupResult> LookUpAsync(Username user, CancellationToken cancellation)
    {
        if (VectorUser.All.Any(known => known.Username == user)) return _known.LookUpAsync(user, cancellation);
        Interlocked.Increment(ref _strangers);
        return Task.FromResult<LookupResult>(IsSilent ? new LookupResult.Unavailable("it does not answer") : new LookupResult.NotFound());
    }
}

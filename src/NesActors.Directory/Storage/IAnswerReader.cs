namespace NesActors.Directory.Storage;

/// <summary>Reads answers to look-ups as fast as a kind of database can.</summary>
internal interface IAnswerReader : IAsyncDisposable
{
    /// <summary>The newest record of a name that is known to be a username.</summary>
    /// <returns>Null where the name never had one.</returns>
    /// <exception cref="DatabaseUnavailableException">The database is busy, down or broken.</exception>
    ValueTask<StoredAnswer?> FindAsync(string name);

    /// <summary>The newest record of a user, which costs half as much.</summary>
    /// <returns>Null where there is no such user, or none with a record.</returns>
    /// <exception cref="DatabaseUnavailableException">As there.</exception>
    ValueTask<StoredAnswer?> FindAsync(long id);
}

using NesActors.Testing;

namespace NesActors.Directory.Tests.Support;

/// <summary>Tests of a server over any database: a subclass for SQLite and one for PostgreSQL each run them all.</summary>
/// <param name="database">The database that the server uses.</param>
/// <param name="activation">What registrations wait for.</param>
public abstract class ServerSpec(Database database, ActivationMode activation = ActivationMode.None) : IAsyncLifetime
{
    private TestDirectory? _directory;

    private protected TestDirectory Directory => _directory!;

    public virtual async Task InitializeAsync()
    {
        var missing = database == Database.Postgres ? RealParts.WhySkip(PostgresServer.Programs) : null;
        Skip.IfNot(missing is null, missing);
        _directory = await TestDirectory.StartAsync(activation, postgres: database == Database.Postgres ? await PostgresServer.NewDatabaseAsync() : null);
    }

    public virtual async Task DisposeAsync()
    {
        if (_directory is not null) await _directory.DisposeAsync();
    }
}

/// <summary>A kind of database.</summary>
public enum Database
{
    /// <summary>A file in the data folder.</summary>
    Sqlite,

    /// <summary>A database of the server that the tests share.</summary>
    Postgres,
}

using Npgsql;

namespace NesActors.Directory.Storage.Postgres;

/// <summary>Looks users up over few connections, in batches: most by their ids, some by their names.</summary>
internal sealed class PostgresAnswerReader(NpgsqlDataSource source) : IAnswerReader
{
    private readonly PostgresAnswerBatches<long> _byId = new(source, 2);
    private readonly PostgresAnswerBatches<string> _byName = new(source, 2);

    public ValueTask<StoredAnswer?> FindAsync(string name) => _byName.FindAsync(name);

    public ValueTask<StoredAnswer?> FindAsync(long id) => _byId.FindAsync(id);

    public async ValueTask DisposeAsync()
    {
        await _byId.DisposeAsync().ConfigureAwait(false);
        await _byName.DisposeAsync().ConfigureAwait(false);
    }
}

using Npgsql;
using NpgsqlTypes;

namespace NesActors.Directory.Storage.Postgres;

/// <summary>One connection with one prepared query. After a failure the next use opens another.</summary>
internal sealed class PostgresAnswerQuery(NpgsqlDataSource source) : IAsyncDisposable
{
    private NpgsqlConnection? _connection;
    private NpgsqlCommand? _command;
    private NpgsqlParameter<string[]>? _names;

    /// <summary>The records of those names that have one.</summary>
    public async Task<Dictionary<string, StoredAnswer>> FindAsync(string[] names)
    {
        // The connection may have been lost since the last query, to a restart of the database for instance; that is no reason to refuse.
        if (_connection is null) return await OpenAndRunAsync(names).ConfigureAwait(false);
        try
        {
            return await RunAsync(names).ConfigureAwait(false);
        }
        catch (Exception e) when (PostgresDatabase.IsFailure(e))
        {
            return await OpenAndRunAsync(names).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_command is not null) await _command.DisposeAsync().ConfigureAwait(false);
        if (_connection is not null) await _connection.DisposeAsync().ConfigureAwait(false);
        (_connection, _command) = (null, null);
    }

    private async Task<Dictionary<string, StoredAnswer>> OpenAndRunAsync(string[] names)
    {
        await DisposeAsync().ConfigureAwait(false);
        try
        {
            _connection = await source.OpenConnectionAsync().ConfigureAwait(false);
            // Planned once, by index: planning anew for each number of names would cost more than the query.
            await using (var setting = new NpgsqlCommand("SET plan_cache_mode = force_generic_plan", _connection)) await setting.ExecuteNonQueryAsync().ConfigureAwait(false);
            _command = new NpgsqlCommand(StoredAnswer.Query + " = ANY ($1)", _connection);
            _names = new NpgsqlParameter<string[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, TypedValue = names };
            _command.Parameters.Add(_names);
            await _command.PrepareAsync().ConfigureAwait(false);
            return await RunAsync(names).ConfigureAwait(false);
        }
        catch
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<Dictionary<string, StoredAnswer>> RunAsync(string[] names)
    {
        _names!.TypedValue = names;
        var found = new Dictionary<string, StoredAnswer>(names.Length);
        await using var rows = await _command!.ExecuteReaderAsync().ConfigureAwait(false);
        while (await rows.ReadAsync().ConfigureAwait(false)) found.TryAdd(rows.GetString(0), Read(rows));
        return found;
    }

    // The columns of StoredAnswer.Query.
    private static StoredAnswer Read(NpgsqlDataReader row)
    {
        var hasFresh = !row.IsDBNull(3);
        var (signedLength, freshLength) = ((int)row.GetBytes(4, 0, null, 0, 0), hasFresh ? (int)row.GetBytes(5, 0, null, 0, 0) : 0);
        var body = StoredAnswer.Join(signedLength, freshLength, out var freshAt);
        row.GetBytes(4, 0, body, 0, signedLength);
        if (hasFresh) row.GetBytes(5, 0, body, freshAt, freshLength);
        return new StoredAnswer(row.GetInt64(1) != 0, row.GetInt64(2), hasFresh ? row.GetInt64(3) : 0, body);
    }
}

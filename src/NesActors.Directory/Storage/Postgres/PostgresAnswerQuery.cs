using Npgsql;
using NpgsqlTypes;

namespace NesActors.Directory.Storage.Postgres;

/// <summary>One connection with one prepared query. After a failure the next use opens another.</summary>
/// <typeparam name="T">What users are asked for by: <see cref="string"/>, their names, or <see cref="long"/>, their ids.</typeparam>
internal sealed class PostgresAnswerQuery<T>(NpgsqlDataSource source) : IAsyncDisposable where T : notnull
{
    private static readonly bool IsByName = typeof(T) == typeof(string);

    private NpgsqlConnection? _connection;
    private NpgsqlCommand? _command;
    private NpgsqlParameter<T[]>? _keys;

    /// <summary>The records of those that have one.</summary>
    public async Task<Dictionary<T, PostgresAnswerRow>> FindAsync(T[] keys)
    {
        // The connection may have been lost since the last query, to a restart of the database for instance; that is no reason to refuse.
        if (_connection is null) return await OpenAndRunAsync(keys).ConfigureAwait(false);
        try
        {
            return await RunAsync(keys).ConfigureAwait(false);
        }
        catch (Exception e) when (PostgresDatabase.IsFailure(e))
        {
            return await OpenAndRunAsync(keys).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_command is not null) await _command.DisposeAsync().ConfigureAwait(false);
        if (_connection is not null) await _connection.DisposeAsync().ConfigureAwait(false);
        (_connection, _command) = (null, null);
    }

    private async Task<Dictionary<T, PostgresAnswerRow>> OpenAndRunAsync(T[] keys)
    {
        await DisposeAsync().ConfigureAwait(false);
        try
        {
            _connection = await source.OpenConnectionAsync().ConfigureAwait(false);
            // Planned once, by index: planning anew for each number of keys would cost more than the query.
            await using (var setting = new NpgsqlCommand("SET plan_cache_mode = force_generic_plan", _connection)) await setting.ExecuteNonQueryAsync().ConfigureAwait(false);
            _command = new NpgsqlCommand((IsByName ? StoredAnswer.ByName : StoredAnswer.ById) + " = ANY ($1)", _connection);
            _keys = new NpgsqlParameter<T[]> { NpgsqlDbType = NpgsqlDbType.Array | (IsByName ? NpgsqlDbType.Text : NpgsqlDbType.Bigint), TypedValue = keys };
            _command.Parameters.Add(_keys);
            await _command.PrepareAsync().ConfigureAwait(false);
            return await RunAsync(keys).ConfigureAwait(false);
        }
        catch
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<Dictionary<T, PostgresAnswerRow>> RunAsync(T[] keys)
    {
        _keys!.TypedValue = keys;
        var found = new Dictionary<T, PostgresAnswerRow>(keys.Length);
        await using var rows = await _command!.ExecuteReaderAsync().ConfigureAwait(false);
        while (await rows.ReadAsync().ConfigureAwait(false)) found.TryAdd(rows.GetFieldValue<T>(IsByName ? 0 : 1), Read(rows));
        return found;
    }

    // The columns of both queries.
    private static PostgresAnswerRow Read(NpgsqlDataReader row)
    {
        var hasFresh = !row.IsDBNull(4);
        return new PostgresAnswerRow(
            row.GetInt64(1), row.GetInt64(2) != 0, row.GetInt64(3), hasFresh ? row.GetInt64(4) : 0, row.GetFieldValue<byte[]>(5), hasFresh ? row.GetFieldValue<byte[]>(6) : []);
    }
}

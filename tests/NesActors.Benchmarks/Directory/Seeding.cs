using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace NesActors.Benchmarks.Directory;

/// <summary>Fills the tables that a directory has made with users, past the directory, which would sign each of them.</summary>
internal static class Seeding
{
    /// <param name="database">The file of SQLite, or the connection string of PostgreSQL.</param>
    /// <param name="users">How many.</param>
    /// <param name="statement">The length of what each says for suite nes2; 0: nothing.</param>
    public static int Run(string database, int users, int statement)
    {
        var watch = Stopwatch.StartNew();
        if (database.Contains('=', StringComparison.Ordinal)) SeedPostgres(database, users, statement);
        else SeedSqlite(database, users, statement);
        Console.WriteLine($"seeded {users} users in {watch.Elapsed.TotalSeconds:F0} s");
        return 0;
    }

    private static void SeedSqlite(string file, int users, int statement)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; PRAGMA foreign_keys = OFF; PRAGMA secure_delete = OFF");
        var directory = (string)Scalar(connection, "SELECT directory FROM identity")!;
        using var transaction = connection.BeginTransaction();
        using var user = Prepare(connection, transaction,
            """
            INSERT INTO users (id, name, status, email, message_key, sign_key, message_hash, sign_hash, registered_at, activated_at, rev, record_hash, response_hash)
            VALUES ($1, $2, 'active', 'somebody@example.org', $3, $4, $5, $6, $7, $7, 1, $8, $8)
            """, 8);
        using var answer = Prepare(connection, transaction, "INSERT INTO answers (user_id, is_active, key_rev, packed) VALUES ($1, 1, 0, $2)", 2);
        using var record = Prepare(connection, transaction, "INSERT INTO records (user_id, rev, response, origin) VALUES ($1, 1, $2, 'registration')", 2);
        using var fresh = Prepare(connection, transaction, "INSERT INTO freshness (user_id, expires_at, fresh) VALUES ($1, $2, $3)", 3);
        foreach (var seed in Users(users, directory, statement))
        {
            Insert(user, seed.Id, seed.Name, seed.MessageKey, seed.SignKey, seed.MessageHash, seed.SignHash, seed.At, seed.ResponseHash);
            Insert(answer, seed.Id, seed.Packed);
            Insert(record, seed.Id, seed.Response);
            Insert(fresh, seed.Id, seed.Expires, seed.Fresh);
        }
        transaction.Commit();
        Execute(connection, "PRAGMA journal_mode = WAL");
    }

    private static void SeedPostgres(string settings, int users, int statement)
    {
        using var source = NpgsqlDataSource.Create(settings);
        var directory = (string)source.CreateCommand("SELECT directory FROM identity").ExecuteScalar()!;
        using var connections = new Copies(source);
        foreach (var seed in Users(users, directory, statement)) connections.Write(seed);
        connections.Complete();
        // What the database does by itself soon after such a fill, and would do while it is measured.
        source.CreateCommand("VACUUM ANALYZE").ExecuteNonQuery();
    }

    private static IEnumerable<SeedUser> Users(int count, string directory, int statement)
    {
        var (now, random) = (DateTimeOffset.UtcNow, new Random(1));
        for (var number = 0; number < count; number++) yield return new SeedUser(number, directory, now, statement, random);
    }

    private static SqliteCommand Prepare(SqliteConnection connection, SqliteTransaction transaction, string text, int parameters)
    {
        var command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, text);
        for (var i = 1; i <= parameters; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        return command;
    }

    private static void Insert(SqliteCommand command, params object[] values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    private static object? Scalar(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar();
    }

    private sealed class Copies : IDisposable
    {
        private readonly NpgsqlConnection _connection;
        private readonly List<SeedUser> _chunk = [];

        public Copies(NpgsqlDataSource source)
        {
            _connection = source.OpenConnection();
            // The foreign keys are checked by triggers, which this leaves out.
            using var command = new NpgsqlCommand("SET session_replication_role = replica", _connection);
            command.ExecuteNonQuery();
        }

        public void Write(SeedUser seed)
        {
            _chunk.Add(seed);
            if (_chunk.Count == 10_000) Complete();
        }

        public void Complete()
        {
            Copy("users (name, status, email, message_key, sign_key, message_hash, sign_hash, registered_at, activated_at, rev, record_hash, response_hash)",
                seed => [seed.Name, "active", "somebody@example.org", seed.MessageKey, seed.SignKey, seed.MessageHash, seed.SignHash, seed.At, seed.At, 1L, seed.ResponseHash, seed.ResponseHash]);
            Copy("answers (user_id, is_active, key_rev, packed)", seed => [seed.Id, 1L, 0L, seed.Packed]);
            Copy("records (user_id, rev, response, origin)", seed => [seed.Id, 1L, seed.Response, "registration"]);
            Copy("freshness (user_id, expires_at, fresh)", seed => [seed.Id, seed.Expires, seed.Fresh]);
            _chunk.Clear();
        }

        public void Dispose() => _connection.Dispose();

        private void Copy(string table, Func<SeedUser, object[]> columns)
        {
            using var writer = _connection.BeginBinaryImport($"COPY {table} FROM STDIN (FORMAT BINARY)");
            foreach (var seed in _chunk)
            {
                writer.StartRow();
                foreach (var value in columns(seed))
                    writer.Write(value, value switch { long => NpgsqlDbType.Bigint, byte[] => NpgsqlDbType.Bytea, _ => NpgsqlDbType.Text });
            }
            writer.Complete();
        }
    }
}

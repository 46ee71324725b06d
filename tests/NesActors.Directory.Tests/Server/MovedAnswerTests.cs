using System.Data.Common;
using System.Net;
using Dapper;
using Microsoft.Data.Sqlite;
using NesActors.Directory.Maintenance;
using NesActors.Directory.Tests.Support;
using Npgsql;

namespace NesActors.Directory.Tests.Server;

/// <summary>A database that was made when answers stood in the rows of their users.</summary>
public abstract class MovedAnswerSpec(Database database) : ServerSpec(database)
{
    [SkippableFact]
    public async Task Look_ups_and_exports_say_the_same_as_before()
    {
        await Directory.OwnerOfAsync("amy");
        var ben = await Directory.OwnerOfAsync("ben");
        await Directory.SendAsync("POST", "users/ben/revoke", ben.Revocation("ben")).ShouldBeAsync(HttpStatusCode.OK, "user revoked");
        var (answer, proof, export) = (await AnswerAsync("amy"), await AnswerAsync("ben?proof=1"), await ExportAsync());

        await MoveBackAsync();
        await Directory.RestartAsync();

        Assert.Equal(answer, await AnswerAsync("amy"));
        Assert.Equal(proof, await AnswerAsync("ben?proof=1"));
        Assert.Equal(export, await ExportAsync());
        await Directory.GetAsync("users/ben").ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
    }

    // The script, backwards.
    private async Task MoveBackAsync()
    {
        await using var connection = Directory.Postgres is { } postgres ? (DbConnection)new NpgsqlConnection(postgres + ";Pooling=false") : Directory.OpenDatabase();
        var (bytes, number) = connection is SqliteConnection ? ("BLOB", "INTEGER") : ("BYTEA", "BIGINT");
        await connection.ExecuteAsync(
            $"""
            ALTER TABLE users ADD COLUMN signed_part {bytes};
            ALTER TABLE users ADD COLUMN key_rev {number};
            UPDATE users SET signed_part = a.signed_part, key_rev = a.key_rev FROM answers a WHERE a.user_id = users.id;
            CREATE INDEX users_key_rev ON users (key_rev);
            DROP TABLE answers;
            DELETE FROM SchemaVersions WHERE ScriptName LIKE '%-answers.sql';
            """);
    }

    private async Task<string> AnswerAsync(string path)
    {
        using var answer = await Directory.GetAsync($"users/{path}");
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<byte[]> ExportAsync()
    {
        using var export = new MemoryStream();
        await new DirectoryData(Directory.Folder.Path, Directory.Postgres).ExportAsync(export, Directory.Clock, CancellationToken.None);
        return export.ToArray();
    }
}

public sealed class MovedAnswerTests() : MovedAnswerSpec(Database.Sqlite);

public sealed class PostgresMovedAnswerTests() : MovedAnswerSpec(Database.Postgres);

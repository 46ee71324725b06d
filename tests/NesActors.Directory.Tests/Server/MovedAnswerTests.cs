using System.Net;
using Dapper;
using Microsoft.Data.Sqlite;
using NesActors.Directory.Maintenance;
using NesActors.Directory.Storage;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Server;

/// <summary>A database that was made when answers stood in the rows of their users, or were not packed.</summary>
public abstract class MovedAnswerSpec(Database database) : ServerSpec(database)
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Look_ups_and_exports_say_the_same_as_before(bool isInUsers)
    {
        var amy = await Directory.OwnerOfAsync("amy");
        using (var published = await Directory.SendAsync("PUT", "users/amy/statement", amy.Publication(await Directory.RecordAsync("amy"), "nes2", "what amy says", 7)))
            Assert.Equal(HttpStatusCode.OK, published.StatusCode);
        var ben = await Directory.OwnerOfAsync("ben");
        await Directory.SendAsync("POST", "users/ben/revoke", ben.Revocation("ben")).ShouldBeAsync(HttpStatusCode.OK, "user revoked");
        var (answer, proof, export) = (await AnswerAsync("amy"), await AnswerAsync("ben?proof=1"), await ExportAsync());

        await MoveBackAsync(isInUsers);
        await Directory.RestartAsync();

        Assert.Equal(answer, await AnswerAsync("amy"));
        Assert.Equal(proof, await AnswerAsync("ben?proof=1"));
        Assert.Equal(export, await ExportAsync());
        await Directory.GetAsync("users/ben").ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
    }

    // The scripts, backwards.
    private async Task MoveBackAsync(bool isInUsers)
    {
        await using var connection = Directory.Connect();
        var (bytes, number) = connection is SqliteConnection ? ("BLOB", "INTEGER") : ("BYTEA", "BIGINT");
        await connection.ExecuteAsync($"ALTER TABLE answers ADD COLUMN signed_part {bytes}");
        foreach (var (id, packed) in await connection.QueryAsync<(long, byte[])>("SELECT user_id, packed FROM answers"))
            await connection.ExecuteAsync("UPDATE answers SET signed_part = @signedPart WHERE user_id = @id", new { id, signedPart = PackedAnswer.Unpack(packed) });
        await connection.ExecuteAsync("ALTER TABLE answers DROP COLUMN packed; DELETE FROM SchemaVersions WHERE ScriptName LIKE '%-packed-answers.sql' OR ScriptName LIKE '%-pack-answers'");
        if (!isInUsers) return;
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

using System.Data;
using Dapper;
using DbUp.Engine;

namespace NesActors.Directory.Storage;

/// <summary>
/// Packs the answers of a database that is older than <see cref="PackedAnswer"/>: fills the table that the script before has made, in the order of the ids, so that the pages are full, and puts it in the place of the other.
/// Both are transactions of their own: cut off between them, the filling begins anew.
/// </summary>
internal sealed class AnswerPacking : IScript
{
    private const int Page = 500;

    private sealed record Row(long UserId, long IsActive, long KeyRev, byte[] SignedPart)
    {
        public byte[] Packed => PackedAnswer.Pack(SignedPart);
    }

    public string ProvideScript(Func<IDbCommand> dbCommandFactory)
    {
        using var command = dbCommandFactory();
        var (connection, transaction) = (command.Connection!, command.Transaction);
        connection.Execute("DELETE FROM packed_answers", null, transaction);
        for (var last = long.MinValue; ;)
        {
            var rows = connection.Query<Row>(
                "SELECT user_id AS UserId, is_active AS IsActive, key_rev AS KeyRev, signed_part AS SignedPart FROM answers WHERE user_id > @last ORDER BY user_id LIMIT @most",
                new { last, most = Page }, transaction).AsList();
            if (rows.Count == 0) break;
            connection.Execute("INSERT INTO packed_answers (user_id, is_active, key_rev, packed) VALUES (@UserId, @IsActive, @KeyRev, @Packed)", rows, transaction);
            last = rows[^1].UserId;
        }
        return
            """
            DROP TABLE answers;
            ALTER TABLE packed_answers RENAME TO answers;
            CREATE INDEX answers_key_rev ON answers (key_rev);
            """;
    }
}

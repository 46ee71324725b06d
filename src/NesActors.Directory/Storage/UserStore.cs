using Dapper;
using Microsoft.Data.Sqlite;
using NesActors.Contracts;

namespace NesActors.Directory.Storage;

/// <summary>The users of a directory. Each change is one statement that names the state it expects, so that of two racing ones one wins.</summary>
internal sealed class UserStore(Database database)
{
    private const int ConstraintUnique = 2067;

    /// <summary>What a look-up of the user is answered with; null where nobody active has the name.</summary>
    public byte[]? FindAnswer(Username name) => database.Read(connection => connection.QuerySingleOrDefault<byte[]>(
        "SELECT answer FROM users WHERE name = @name AND status = 'active'", new { name = name.Value }));

    /// <summary>The row of a name in any state.</summary>
    public StoredUser? Find(Username name) => database.Read(connection => connection.QuerySingleOrDefault<StoredUser>(
        """
        SELECT id AS Id, status AS Status, message_key AS MessageKey, sign_key AS SignKey, registered_at AS RegisteredAt,
               activation_hash AS ActivationHash, deletion_hash AS DeletionHash
        FROM users WHERE name = @name
        """,
        new { name = name.Value }));

    /// <returns>False where the name is taken, also by somebody deleted.</returns>
    public async Task<bool> AddAsync(NewUser user, CancellationToken cancellation)
    {
        var registeredAt = user.RegisteredAt.ToUnixTimeMilliseconds();
        var row = new
        {
            name = user.Name.Value,
            status = user.Answer is null ? UserStatus.Pending : UserStatus.Active,
            email = user.Email,
            messageKey = user.MessageKey,
            signKey = user.SignKey,
            registeredAt,
            activatedAt = user.Answer is null ? null : (long?)registeredAt,
            activationHash = user.ActivationHash,
            deletionHash = user.DeletionHash,
            answer = user.Answer,
        };
        try
        {
            await database.WriteAsync(connection => connection.Execute(
                """
                INSERT INTO users (name, status, email, message_key, sign_key, registered_at, activated_at, activation_hash, deletion_hash, answer)
                VALUES (@name, @status, @email, @messageKey, @signKey, @registeredAt, @activatedAt, @activationHash, @deletionHash, @answer)
                """,
                row), cancellation).ConfigureAwait(false);
            return true;
        }
        catch (SqliteException e) when (e.SqliteExtendedErrorCode == ConstraintUnique)
        {
            return false;
        }
    }

    /// <returns>False where the user was no longer pending.</returns>
    public async Task<bool> ActivateAsync(long id, byte[] answer, DateTimeOffset at, CancellationToken cancellation) =>
        await database.WriteAsync(connection => connection.Execute(
            "UPDATE users SET status = 'active', answer = @answer, activated_at = @at, activation_hash = NULL WHERE id = @id AND status = 'pending'",
            new { id, answer, at = at.ToUnixTimeMilliseconds() }), cancellation).ConfigureAwait(false) == 1;

    /// <returns>False where the user was no longer active.</returns>
    public async Task<bool> DeleteAsync(long id, DateTimeOffset at, CancellationToken cancellation) =>
        await database.WriteAsync(connection => connection.Execute(
            """
            UPDATE users SET status = 'deleted', deleted_at = @at,
                   email = NULL, message_key = NULL, sign_key = NULL, activation_hash = NULL, deletion_hash = NULL, answer = NULL
            WHERE id = @id AND status = 'active'
            """,
            new { id, at = at.ToUnixTimeMilliseconds() }), cancellation).ConfigureAwait(false) == 1;

    /// <summary>Frees the names of those who registered before a time, or at it, and never followed their link.</summary>
    /// <returns>How many.</returns>
    public Task<int> RemovePendingAsync(DateTimeOffset registeredUntil, CancellationToken cancellation) =>
        database.WriteAsync(connection => connection.Execute(
            "DELETE FROM users WHERE status = 'pending' AND registered_at <= @until",
            new { until = registeredUntil.ToUnixTimeMilliseconds() }), cancellation);
}

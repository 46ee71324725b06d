using Dapper;
using Microsoft.Data.Sqlite;
using NesActors.FrontEnd.Rest.Storage;

namespace NesActors.FrontEnd.Rest.Webhooks;

/// <summary>How far each webhook of one identity has come, and what was not taken: each change is on the disk when its task ends.</summary>
/// <param name="database">To read.</param>
/// <param name="writer">To write.</param>
/// <param name="clock">The time.</param>
/// <param name="random">From 0 to 1: spreads the waits.</param>
internal sealed class DeliveryStore(GatewayDatabase database, GatewayWriter writer, TimeProvider clock, Func<double> random)
{
    /// <summary>Dead letters kept of one webhook; for one more the oldest goes.</summary>
    public const int MaxDead = 1000;

    /// <summary>
    /// How long a receiver may take nothing before it is told no more. It must have been tried as often as a single event is, too: a machine that slept for a week has not seen a receiver fail for a week.
    /// </summary>
    public static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(5);

    private const string Columns = "event, type, attempts, failure, failed_at, next_at, replayed";

    /// <summary>What was not taken, in the order of the log.</summary>
    /// <param name="webhook">Of which webhook.</param>
    /// <param name="isDead">The dead or the pending ones; <see langword="null"/>: both.</param>
    public IReadOnlyList<WebhookDelivery> List(string webhook, bool? isDead) => Query(
        $"SELECT {Columns} FROM webhook_deliveries WHERE webhook = @webhook AND (@isDead IS NULL OR (next_at IS NULL) = @isDead) ORDER BY event", new { webhook, isDead });

    /// <summary>How many events receivers have not taken, all webhooks together: those that are to be tried again, and the dead.</summary>
    public (long Pending, long Dead) Count() => database.Read(connection => connection.QuerySingle<(long, long)>("SELECT count(next_at), count(*) - count(next_at) FROM webhook_deliveries"));

    /// <summary>What is to be done; <see langword="null"/> where there is no such webhook.</summary>
    public WebhookStanding? Look(string webhook)
    {
        if (database.Read(connection => connection.QuerySingleOrDefault<WebhookRow>($"{WebhookRow.Select} WHERE id = @webhook", new { webhook, now = Now })) is not { } row) return null;
        var pending = List(webhook, isDead: false);
        return new WebhookStanding(
            row.ToWebhook(), pending, Query($"SELECT {Columns} FROM webhook_deliveries WHERE webhook = @webhook AND replayed = 1 ORDER BY event LIMIT 1", new { webhook }).SingleOrDefault());
    }

    /// <summary>Has something that was not taken be tried now.</summary>
    /// <returns>Whether it was there.</returns>
    public async Task<bool> ReplayAsync(string webhook, long cursor) => await ReplayAsync("webhook = @webhook AND event = @cursor", new { webhook, cursor, now = Now }).ConfigureAwait(false) == 1;

    /// <summary>Has all of it be tried now.</summary>
    /// <returns>How much it is.</returns>
    public Task<int> ReplayAllAsync(string webhook) => ReplayAsync("webhook = @webhook", new { webhook, now = Now });

    /// <summary>The receiver has taken an event.</summary>
    public Task TakenAsync(string webhook, long cursor) => WriteAsync(
        """
        DELETE FROM webhook_deliveries WHERE webhook = @webhook AND event = @cursor;
        UPDATE webhooks SET position = max(ifnull(position, 0), @cursor), delivered_at = @now, failing_since = NULL, failures = 0 WHERE id = @webhook
        """,
        new { webhook, cursor, now = Now });

    /// <summary>What an event told of was deleted before the receiver took it.</summary>
    public Task SkippedAsync(string webhook, long cursor) => WriteAsync(
        """
        DELETE FROM webhook_deliveries WHERE webhook = @webhook AND event = @cursor;
        UPDATE webhooks SET position = max(ifnull(position, 0), @cursor), skipped = skipped + 1 WHERE id = @webhook
        """,
        new { webhook, cursor });

    /// <summary>Events up to this one are done with: they were not asked for.</summary>
    public Task PassedAsync(string webhook, long cursor) => WriteAsync("UPDATE webhooks SET position = max(ifnull(position, 0), @cursor) WHERE id = @webhook", new { webhook, cursor });

    /// <summary>The log is another one than that which was read so far, and has come only up to this event: what is kept of the other one means nothing any more.</summary>
    public Task RestartAsync(string webhook, long newest) => WriteAsync(
        """
        UPDATE webhooks SET position = @newest, skipped = skipped + (SELECT count(*) FROM webhook_deliveries WHERE webhook = @webhook) WHERE id = @webhook;
        DELETE FROM webhook_deliveries WHERE webhook = @webhook
        """,
        new { webhook, newest });

    /// <summary>The receiver wants no events any more. What it was told of last stays what it would be told of next.</summary>
    public Task GoneAsync(string webhook) => WriteAsync("UPDATE webhooks SET status = 'gone' WHERE id = @webhook", new { webhook });

    /// <summary>The receiver has not taken an event.</summary>
    /// <param name="webhook">The webhook.</param>
    /// <param name="cursor">The event.</param>
    /// <param name="type">Its kind.</param>
    /// <param name="known">How it was before; <see langword="null"/>: it was not tried before.</param>
    /// <param name="attempt">Why not.</param>
    /// <returns>Whether the webhook goes on; otherwise it is disabled now.</returns>
    public Task<bool> FailedAsync(string webhook, long cursor, EventTypes type, WebhookDelivery? known, Attempt attempt)
    {
        var attempts = (known?.Attempts ?? 0) + 1;
        var isDead = known?.IsDead == true || attempts >= RetrySchedule.MaxAttempts;
        var now = clock.GetUtcNow();
        var values = new
        {
            webhook,
            cursor,
            type = (long)type,
            attempts,
            failure = attempt.Failure,
            now = now.ToUnixTimeMilliseconds(),
            next = isDead ? null : (long?)(now + RetrySchedule.WaitAfter(attempts, random(), attempt.RetryAfter(now))).ToUnixTimeMilliseconds(),
            limit = (now - GivenUpAfter).ToUnixTimeMilliseconds(),
        };
        return writer.RunAsync((connection, transaction) => Fail(connection, transaction, values));
    }

    private static bool Fail(SqliteConnection connection, SqliteTransaction transaction, object values)
    {
        connection.Execute(
            $"""
            INSERT INTO webhook_deliveries (webhook, event, type, attempts, failure, failed_at, next_at) VALUES (@webhook, @cursor, @type, @attempts, @failure, @now, @next)
            ON CONFLICT DO UPDATE SET attempts = @attempts, failure = @failure, failed_at = @now, next_at = @next, replayed = 0;
            UPDATE webhooks SET position = max(ifnull(position, 0), @cursor), failing_since = ifnull(failing_since, @now), failures = failures + 1 WHERE id = @webhook;
            UPDATE webhooks SET status = 'failing' WHERE id = @webhook AND failing_since <= @limit AND failures >= {RetrySchedule.MaxAttempts}
            """,
            values,
            transaction);
        var discarded = connection.Execute(
            $"""
             DELETE FROM webhook_deliveries WHERE webhook = @webhook AND event IN
             (SELECT event FROM webhook_deliveries WHERE webhook = @webhook AND next_at IS NULL ORDER BY event DESC LIMIT -1 OFFSET {MaxDead})
             """,
            values,
            transaction);
        return connection.QuerySingle<bool>(
            $"UPDATE webhooks SET discarded = discarded + {discarded} WHERE id = @webhook RETURNING status = 'enabled'", values, transaction);
    }

    private Task<int> ReplayAsync(string which, object values) => writer.RunAsync((connection, transaction) => connection.Execute(
        $"UPDATE webhook_deliveries SET replayed = next_at IS NULL, next_at = CASE WHEN next_at IS NULL THEN NULL ELSE @now END WHERE {which}", values, transaction));

    private Task<int> WriteAsync(string sql, object values) => writer.RunAsync((connection, transaction) => connection.Execute(sql, values, transaction));

    private List<WebhookDelivery> Query(string sql, object values) => database.Read(connection => connection.Query<Row>(sql, values).Select(row => row.ToDelivery()).ToList());

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class Row
    {
        public required long Event { get; init; }

        public required long Type { get; init; }

        public required long Attempts { get; init; }

        public required string Failure { get; init; }

        public required long Failed_at { get; init; }

        public long? Next_at { get; init; }

        public required long Replayed { get; init; }

        public WebhookDelivery ToDelivery() => new(
            Event, (EventTypes)Type, (int)Attempts, Failure, DateTimeOffset.FromUnixTimeMilliseconds(Failed_at),
            Next_at is { } next ? DateTimeOffset.FromUnixTimeMilliseconds(next) : null, Replayed != 0);
    }
}

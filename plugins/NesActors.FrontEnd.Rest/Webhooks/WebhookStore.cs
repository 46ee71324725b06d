using System.Security.Cryptography;
using Dapper;
using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Storage;

namespace NesActors.FrontEnd.Rest.Webhooks;

/// <summary>The webhooks of one identity: each change is on the disk when its task ends.</summary>
internal sealed class WebhookStore(GatewayDatabase database, GatewayWriter writer, TimeProvider clock)
{
    /// <summary>As many as one identity may have.</summary>
    public const int MaxWebhooks = 20;

    /// <summary>How long a secret signs beside the one that took its place.</summary>
    public static readonly TimeSpan OldSecretKept = TimeSpan.FromHours(24);

    /// <summary>All of them, the oldest first.</summary>
    public IReadOnlyList<Webhook> All() => database.Read(connection => connection.Query<WebhookRow>($"{WebhookRow.Select} ORDER BY created_at, id", new { now = Now }).Select(row => row.ToWebhook()).ToList());

    /// <summary>One of them; <see langword="null"/> where there is none.</summary>
    public Webhook? Find(string id) => database.Read(connection => connection.QuerySingleOrDefault<WebhookRow>($"{WebhookRow.Select} WHERE id = @id", new { id, now = Now }))?.ToWebhook();

    /// <summary>Registers a receiver.</summary>
    /// <param name="url">Where it is.</param>
    /// <param name="events">What it is told.</param>
    /// <param name="name">What the person calls it.</param>
    /// <param name="token">The token with which it ends; <see langword="null"/>: with none.</param>
    /// <param name="position">The event behind which it begins; <see langword="null"/>: where the next session begins.</param>
    /// <returns>It, and its secret; <see langword="null"/> where there are too many.</returns>
    public async Task<(Webhook Webhook, string Secret)?> CreateAsync(Uri url, EventTypes events, string? name, string? token, long? position)
    {
        var webhook = new Webhook(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), url, events, clock.GetMillisecondNow()) { Name = name, Token = token, Position = position };
        var secret = WebhookSecret.New();
        var row = new { webhook.Id, name, url = url.AbsoluteUri, secret, events = (long)events, created = webhook.CreatedAt.ToUnixTimeMilliseconds(), token, position };
        var added = await writer.RunAsync((connection, transaction) => connection.Execute(
            $"""
             INSERT INTO webhooks (id, name, url, secret, events, created_at, status, token, position)
             SELECT @Id, @name, @url, @secret, @events, @created, 'enabled', @token, @position WHERE (SELECT count(*) FROM webhooks) < {MaxWebhooks}
             """,
            row,
            transaction)).ConfigureAwait(false) == 1;
        return added ? (webhook, WebhookSecret.ToText(secret)) : null;
    }

    /// <summary>Removes a webhook, with all that is kept of it.</summary>
    /// <returns>Whether it was there.</returns>
    public async Task<bool> RemoveAsync(string id) =>
        await writer.RunAsync((connection, transaction) => connection.Execute("DELETE FROM webhooks WHERE id = @id", new { id }, transaction)).ConfigureAwait(false) == 1;

    /// <summary>Lets a webhook be told of events, from where it stopped, and at once of what is pending.</summary>
    /// <param name="id">The webhook.</param>
    /// <param name="token">The token with which it ends from now on; <see langword="null"/>: with none.</param>
    public Task EnableAsync(string id, string? token) => writer.RunAsync((connection, transaction) => connection.Execute(
        """
        UPDATE webhooks SET status = 'enabled', token = @token, failing_since = NULL, failures = 0 WHERE id = @id;
        UPDATE webhook_deliveries SET next_at = @now WHERE webhook = @id AND next_at IS NOT NULL
        """,
        new { id, token, now = Now },
        transaction));

    /// <summary>Ends that for now.</summary>
    public Task DisableAsync(string id) => writer.RunAsync((connection, transaction) => connection.Execute("UPDATE webhooks SET status = 'disabled' WHERE id = @id", new { id }, transaction));

    /// <summary>Gives a webhook another secret. The one before it signs beside it for a while; one that does so already, no longer.</summary>
    /// <returns>The secret; <see langword="null"/> where there is no such webhook.</returns>
    public async Task<string?> RotateAsync(string id)
    {
        var secret = WebhookSecret.New();
        var changed = await writer.RunAsync((connection, transaction) => connection.Execute(
            "UPDATE webhooks SET old_secret = secret, old_until = @until, secret = @secret WHERE id = @id",
            new { id, secret, until = Now + (long)OldSecretKept.TotalMilliseconds },
            transaction)).ConfigureAwait(false);
        return changed == 1 ? WebhookSecret.ToText(secret) : null;
    }

    /// <summary>What signs now: one secret or two.</summary>
    public IReadOnlyList<byte[]> SecretsOf(string id) => database.Read(connection => connection.Query<byte[]>(
        "SELECT secret FROM webhooks WHERE id = @id UNION ALL SELECT old_secret FROM webhooks WHERE id = @id AND old_until > @now", new { id, now = Now }).ToList());

    /// <summary>Erases the secrets that sign no longer.</summary>
    public Task EraseOldSecretsAsync() => writer.RunAsync((connection, transaction) => connection.Execute(
        "UPDATE webhooks SET old_secret = NULL, old_until = NULL WHERE old_until <= @now", new { now = Now }, transaction));

    /// <summary>When the first of them signs no longer; <see langword="null"/>: there is none.</summary>
    public DateTimeOffset? FirstOldSecretEnd() =>
        database.Read(connection => connection.QuerySingle<long?>("SELECT min(old_until) FROM webhooks")) is { } end ? DateTimeOffset.FromUnixTimeMilliseconds(end) : null;

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();
}

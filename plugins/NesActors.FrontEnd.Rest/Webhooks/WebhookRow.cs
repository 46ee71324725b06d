namespace NesActors.FrontEnd.Rest.Webhooks;

/// <summary>A webhook as it stands in the database, without its secrets.</summary>
internal sealed class WebhookRow
{
    /// <summary>With <c>@now</c>, in milliseconds.</summary>
    public const string Select =
        """
        SELECT id, name, url, events, created_at, status, position, delivered_at, failing_since, discarded, skipped, token,
          token IS NULL OR EXISTS (SELECT 1 FROM tokens WHERE tokens.id = webhooks.token AND (expires_at IS NULL OR expires_at > @now)) AS allowed,
          (SELECT count(*) FROM webhook_deliveries WHERE webhook = id AND next_at IS NOT NULL) AS pending,
          (SELECT count(*) FROM webhook_deliveries WHERE webhook = id AND next_at IS NULL) AS dead
        FROM webhooks
        """;

    public required string Id { get; init; }

    public string? Name { get; init; }

    public required string Url { get; init; }

    public required long Events { get; init; }

    public required long Created_at { get; init; }

    public required string Status { get; init; }

    public long? Position { get; init; }

    public long? Delivered_at { get; init; }

    public long? Failing_since { get; init; }

    public required long Discarded { get; init; }

    public required long Skipped { get; init; }

    public string? Token { get; init; }

    public required long Allowed { get; init; }

    public required long Pending { get; init; }

    public required long Dead { get; init; }

    public Webhook ToWebhook() => new(Id, new Uri(Url), (EventTypes)Events, DateTimeOffset.FromUnixTimeMilliseconds(Created_at))
    {
        Name = Name,
        Status = Status == "enabled" && Allowed == 0 ? WebhookStatus.TokenEnded : Enum.Parse<WebhookStatus>(Status, ignoreCase: true),
        Token = Token,
        Position = Position,
        DeliveredAt = TimeOf(Delivered_at),
        FailingSince = TimeOf(Failing_since),
        Pending = (int)Pending,
        Dead = (int)Dead,
        Discarded = Discarded,
        Skipped = Skipped,
    };

    private static DateTimeOffset? TimeOf(long? milliseconds) => milliseconds is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;
}

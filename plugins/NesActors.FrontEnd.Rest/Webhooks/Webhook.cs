namespace NesActors.FrontEnd.Rest.Webhooks;

/// <summary>A receiver of events. The secret is not in here.</summary>
/// <param name="Id">Its name for everything else: 8 random bytes in hexadecimal.</param>
/// <param name="Url">Where it is; may hold what the person thinks of as a secret, so it goes to no log.</param>
/// <param name="Events">What it is told.</param>
/// <param name="CreatedAt">When it was registered.</param>
internal sealed record Webhook(string Id, Uri Url, EventTypes Events, DateTimeOffset CreatedAt)
{
    /// <summary>The longest name, in UTF-16 units.</summary>
    public const int MaxNameLength = 64;

    /// <summary>What the person calls it; <see langword="null"/>: nothing.</summary>
    public string? Name { get; init; }

    /// <summary>The token by which it was registered, and with which it ends; <see langword="null"/>: it hangs on none.</summary>
    public string? Token { get; init; }

    /// <summary>Whether it is told anything now, and if not, why.</summary>
    public WebhookStatus Status { get; init; }

    /// <summary>The last event of the log that was tried or was not asked for; <see langword="null"/>: it begins where the next session begins.</summary>
    public long? Position { get; init; }

    /// <summary>When the receiver took something last; <see langword="null"/>: never.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>When it first failed after that; <see langword="null"/>: it did not.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Events that were tried and are to be tried again.</summary>
    public int Pending { get; init; }

    /// <summary>Dead letters.</summary>
    public int Dead { get; init; }

    /// <summary>Dead letters that made room for later ones.</summary>
    public long Discarded { get; init; }

    /// <summary>Events that were deleted before they were taken.</summary>
    public long Skipped { get; init; }

    /// <summary>Names it by its id alone.</summary>
    public override string ToString() => Id;
}

/// <summary>Whether a webhook is told anything.</summary>
internal enum WebhookStatus
{
    /// <summary>It is.</summary>
    Enabled,

    /// <summary>Not by the wish of the person.</summary>
    Disabled,

    /// <summary>Not any more: its receiver answered 410.</summary>
    Gone,

    /// <summary>Not any more: its receiver has taken nothing for days.</summary>
    Failing,

    /// <summary>Not any more: the token by which it was registered was revoked or has expired. It is so by the token alone, and is not written down.</summary>
    TokenEnded,
}

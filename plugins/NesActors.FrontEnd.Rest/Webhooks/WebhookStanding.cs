namespace NesActors.FrontEnd.Rest.Webhooks;

/// <summary>What is to be done for a webhook.</summary>
/// <param name="Webhook">The webhook.</param>
/// <param name="Pending">What is to be tried again by itself, in the order of the log.</param>
/// <param name="Replayed">A dead letter that is to be tried once more; <see langword="null"/>: none is.</param>
internal sealed record WebhookStanding(Webhook Webhook, IReadOnlyList<WebhookDelivery> Pending, WebhookDelivery? Replayed)
{
    /// <summary>Events that may be pending at once: while there are so many, no others are begun with.</summary>
    public const int MaxPending = 100;

    /// <summary>Attempts by which an event holds up those behind it, as long as it is the only one that failed: the waits between them, 155 s in all, are as long as a receiver may take to start anew.</summary>
    public const int HeldAttempts = 5;

    /// <summary>What to try again first; <see langword="null"/>: nothing is due.</summary>
    public WebhookDelivery? Due(DateTimeOffset now) => Pending.FirstOrDefault(delivery => delivery.NextAt <= now);

    /// <summary>When the next is due; <see langword="null"/>: nothing is pending.</summary>
    public DateTimeOffset? NextAt => Pending.Min(delivery => delivery.NextAt);

    /// <summary>Whether events may be begun with that were not tried yet.</summary>
    public bool MayGoOn => Pending.Count < MaxPending && Pending is not [{ Attempts: <= HeldAttempts }];
}

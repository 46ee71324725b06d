using NesActors.FrontEnd.Rest.Webhooks;

namespace NesActors.FrontEnd.Rest.Api.Views;

/// <summary>A webhook as the API shows it; never with its secret.</summary>
/// <param name="Id">Its name for everything else.</param>
/// <param name="Name">What the person calls it.</param>
/// <param name="Url">Where its receiver is.</param>
/// <param name="Events">What it is told.</param>
/// <param name="Enabled">Whether it is told anything now.</param>
/// <param name="Status">The same, and why not.</param>
/// <param name="Notice">Why it was disabled by itself, and what to do, for a person; <see langword="null"/> where it was not.</param>
/// <param name="Token">The id of the token by which it was registered, and with which it ends; <see langword="null"/> where it ends with none.</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="DeliveredAt">When its receiver took something last.</param>
/// <param name="FailingSince">When it first failed after that.</param>
/// <param name="Pending">Events that were tried and are to be tried again.</param>
/// <param name="Dead">Dead letters.</param>
/// <param name="Discarded">Dead letters that made room for later ones.</param>
/// <param name="Skipped">Events that were deleted before they were taken.</param>
internal sealed record WebhookView(
    string Id, string? Name, string Url, IReadOnlyList<string> Events, bool Enabled, WebhookStatus Status, string? Notice, string? Token, DateTimeOffset CreatedAt, DateTimeOffset? DeliveredAt,
    DateTimeOffset? FailingSince, int Pending, int Dead, long Discarded, long Skipped)
{
    public static WebhookView Of(Webhook webhook) => new(
        webhook.Id, webhook.Name, webhook.Url.AbsoluteUri, webhook.Events.ToNames(), webhook.Status == WebhookStatus.Enabled, webhook.Status,
        NoticeOf(webhook.Status), webhook.Token, webhook.CreatedAt, webhook.DeliveredAt, webhook.FailingSince, webhook.Pending, webhook.Dead, webhook.Discarded, webhook.Skipped);

    /// <summary>Names it by its id alone: the address may hold what is meant to be a secret.</summary>
    public override string ToString() => Id;

    private static string? NoticeOf(WebhookStatus status) => status switch
    {
        WebhookStatus.Gone => "The receiver answered with status 410: it wants no events any more. Enable the webhook to try again, or remove it.",
        WebhookStatus.Failing => $"The receiver has taken nothing for {DeliveryStore.GivenUpAfter.TotalDays:0} days. Enable the webhook when it works again: it goes on where it stopped.",
        WebhookStatus.TokenEnded => "The token by which it was registered was revoked or has expired. Enable the webhook if it is to go on, from where it stopped; or remove it.",
        _ => null,
    };
}

/// <summary>An event that was not taken, as the API shows it.</summary>
/// <param name="Id">Its cursor in the log: its name for replaying.</param>
/// <param name="Type">Its kind.</param>
/// <param name="State">What becomes of it.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Failure">Why it was not taken the last time, for programs.</param>
/// <param name="Detail">The same for a person.</param>
/// <param name="FailedAt">When that was.</param>
/// <param name="NextAt">When it is tried again; <see langword="null"/> where it is dead.</param>
/// <param name="Replayed">Whether it is dead, and to be tried once more now.</param>
internal sealed record DeliveryView(long Id, string Type, DeliveryState State, int Attempts, string Failure, string Detail, DateTimeOffset FailedAt, DateTimeOffset? NextAt, bool Replayed)
{
    public static DeliveryView Of(WebhookDelivery delivery) => new(
        delivery.Event, delivery.Type.ToNames().Single(), delivery.IsDead ? DeliveryState.Dead : DeliveryState.Pending, delivery.Attempts, delivery.Failure, AttemptFailures.Describe(delivery.Failure),
        delivery.FailedAt, delivery.NextAt, delivery.IsReplayed);
}

/// <summary>What becomes of an event that was not taken.</summary>
internal enum DeliveryState
{
    /// <summary>It is tried again.</summary>
    Pending,

    /// <summary>It is not tried again by itself.</summary>
    Dead,
}

namespace NesActors.FrontEnd.Rest.Webhooks;

/// <summary>An event that was tried and not taken.</summary>
/// <param name="Event">Its cursor.</param>
/// <param name="Type">Its kind.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Failure">Why it was not taken the last time, see <see cref="AttemptFailures"/>.</param>
/// <param name="FailedAt">When that was.</param>
/// <param name="NextAt">When it is tried again; <see langword="null"/>: it is dead.</param>
/// <param name="IsReplayed">Whether it is dead, and tried once more now.</param>
internal sealed record WebhookDelivery(long Event, EventTypes Type, int Attempts, string Failure, DateTimeOffset FailedAt, DateTimeOffset? NextAt, bool IsReplayed)
{
    /// <summary>Whether it is tried no more by itself.</summary>
    public bool IsDead => NextAt is null;
}

using System.Text.Json;
using NesActors.Records;

namespace NesActors.Directory.Recovery;

/// <summary>A row of <c>recoveries</c>: keys that somebody wants to take the place of a name's.</summary>
internal sealed record StoredRecovery(
    long UserId, string State, string MessageKey, string SignKey, string MessageHash, string SignHash,
    long RequestedAt, long? ConfirmedAt, byte[] ConfirmHash, byte[] CancelHash)
{
    /// <summary>How long the mail's links wait to be followed.</summary>
    public static readonly TimeSpan ConfirmationTime = TimeSpan.FromHours(24);

    /// <summary>How long the owner of the present keys may stop it after that.</summary>
    public static readonly TimeSpan VetoTime = TimeSpan.FromHours(72);

    public bool IsConfirmed => ConfirmedAt is not null;

    /// <summary>When it is forgotten if nobody confirms it, or done once somebody has.</summary>
    public DateTimeOffset Until => ConfirmedAt is { } confirmed
        ? DateTimeOffset.FromUnixTimeMilliseconds(confirmed) + VetoTime
        : DateTimeOffset.FromUnixTimeMilliseconds(RequestedAt) + ConfirmationTime;

    /// <summary>What its links, its veto and its record are about.</summary>
    public KeyDigests Keys => Digest.TryParse(MessageHash, out var message) && Digest.TryParse(SignHash, out var sign)
        ? new KeyDigests(message, sign)
        : throw new FormatException("The hashes of a recovery are none.");

    /// <summary>Whether nobody confirmed it in time. A confirmed one can be stopped until it is really done.</summary>
    public bool HasLapsed(DateTimeOffset now) => !IsConfirmed && now >= Until;

    public void WriteKeys(Utf8JsonWriter json)
    {
        json.WriteString("message_key", MessageHash);
        json.WriteString("sign_key", SignHash);
    }
}

using System.Net;
using System.Text.Json;
using NesActors.Contracts;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Records;

namespace NesActors.Core.KeyDirectory.Owner;

/// <summary>Reads the state of a recovery.</summary>
internal static class RecoveryAnswer
{
    public static RecoveryResult Read(Uri address, Username user, HttpExchange exchange) => exchange switch
    {
        HttpExchange.Answered { Status: HttpStatusCode.OK } answer => StrictJson.TryRead(answer.Body, json => Read(user, json)) is { } recovery
            ? new RecoveryResult.Found(recovery)
            : new RecoveryResult.Untrusted($"{address.Authority} answered with something that is no recovery of {user}"),
        HttpExchange.Answered { Status: HttpStatusCode.NotFound } => new RecoveryResult.None(),
        HttpExchange.Answered answer => new RecoveryResult.Unavailable(HttpText.Describe(address, answer.Status)),
        HttpExchange.Failed failed => new RecoveryResult.Unavailable(failed.Detail),
        _ => new RecoveryResult.Untrusted(HttpText.TooLarge(address)),
    };

    private static PendingRecovery? Read(Username user, JsonElement json)
    {
        if (json.GetProperty("user").GetString() != user.Value) return null;
        if (!Digest.TryParse(json.GetProperty("message_key").GetString(), out var message) || !Digest.TryParse(json.GetProperty("sign_key").GetString(), out var sign)) return null;
        var keys = new KeyDigests(message, sign);
        return json.GetProperty("state").GetString() switch
        {
            "requested" => new PendingRecovery(user, IsConfirmed: false, null, keys),
            "confirmed" => new PendingRecovery(user, IsConfirmed: true, DateTimeOffset.FromUnixTimeMilliseconds(json.GetProperty("after").GetInt64()), keys),
            _ => null,
        };
    }
}

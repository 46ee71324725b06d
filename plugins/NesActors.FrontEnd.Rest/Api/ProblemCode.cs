using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace NesActors.FrontEnd.Rest.Api;

/// <summary>What can go wrong, as programs tell it apart: <see cref="Name"/> stays the same from version to version.</summary>
/// <param name="Name">The field <c>code</c> of an answer.</param>
/// <param name="Status">The status of HTTP.</param>
/// <param name="Title">The same in a few words for a person.</param>
internal sealed record ProblemCode(string Name, int Status, string Title)
{
    public static readonly ProblemCode InvalidRequest = new("invalid_request", StatusCodes.Status400BadRequest, "The request cannot be read");
    public static readonly ProblemCode InvalidValue = new("invalid_value", StatusCodes.Status422UnprocessableEntity, "A value makes no sense");
    public static readonly ProblemCode Unauthorized = new("unauthorized", StatusCodes.Status401Unauthorized, "A valid token is needed");
    public static readonly ProblemCode InvalidCode = new("invalid_code", StatusCodes.Status401Unauthorized, "The code is of no use");
    public static readonly ProblemCode Forbidden = new("forbidden", StatusCodes.Status403Forbidden, "The token does not allow this");
    public static readonly ProblemCode NotFound = new("not_found", StatusCodes.Status404NotFound, "There is nothing of that name");
    public static readonly ProblemCode MethodNotAllowed = new("method_not_allowed", StatusCodes.Status405MethodNotAllowed, "This cannot be done there");
    public static readonly ProblemCode RequestTimeout = new("request_timeout", StatusCodes.Status408RequestTimeout, "The request came too slowly");
    public static readonly ProblemCode Conflict = new("conflict", StatusCodes.Status409Conflict, "It does not fit what is there");
    public static readonly ProblemCode UnknownUser = new("unknown_user", StatusCodes.Status404NotFound, "The key directory knows no such user");
    public static readonly ProblemCode UserDeleted = new("user_deleted", StatusCodes.Status404NotFound, "The user left the key directory");
    public static readonly ProblemCode KeyChanged = new("key_changed", StatusCodes.Status409Conflict, "The user has other keys than before");
    public static readonly ProblemCode SuiteDowngraded = new("suite_downgraded", StatusCodes.Status409Conflict, "A better suite was seen of the user than there is now");
    public static readonly ProblemCode OwnKeysUnseen = new("own_keys_unseen", StatusCodes.Status409Conflict, "The key directory does not show the user's own keys");
    public static readonly ProblemCode KeysRevoked = new("keys_revoked", StatusCodes.Status409Conflict, "The user revoked the keys, and has no others");
    public static readonly ProblemCode UntrustedKeys = new("untrusted_keys", StatusCodes.Status409Conflict, "The user's keys are not to be trusted");
    public static readonly ProblemCode Blocked = new("blocked", StatusCodes.Status409Conflict, "The user is blocked");
    public static readonly ProblemCode IdempotencyConflict = new("idempotency_conflict", StatusCodes.Status409Conflict, "The key belongs to another request");
    public static readonly ProblemCode SafetyNumberDiffers = new("safety_number_differs", StatusCodes.Status409Conflict, "The safety numbers differ");
    public static readonly ProblemCode FingerprintDiffers = new("fingerprint_differs", StatusCodes.Status409Conflict, "The keys have another fingerprint");
    public static readonly ProblemCode KeysUnseen = new("keys_unseen", StatusCodes.Status409Conflict, "No keys of the user were seen yet");
    public static readonly ProblemCode TooLarge = new("too_large", StatusCodes.Status413PayloadTooLarge, "The request is too large");
    public static readonly ProblemCode UnsupportedMediaType = new("unsupported_media_type", StatusCodes.Status415UnsupportedMediaType, "Content of that type is not taken here");
    public static readonly ProblemCode HostNotAllowed = new("host_not_allowed", StatusCodes.Status421MisdirectedRequest, "This server does not go by that name");
    public static readonly ProblemCode OriginNotAllowed = new("origin_not_allowed", StatusCodes.Status403Forbidden, "Pages of that origin may not use this server");
    public static readonly ProblemCode UpgradeRequired = new("upgrade_required", StatusCodes.Status426UpgradeRequired, "This is done over a WebSocket");
    public static readonly ProblemCode RateLimited = new("rate_limited", StatusCodes.Status429TooManyRequests, "Too many requests");
    public static readonly ProblemCode BrokerUnavailable = new("broker_unavailable", StatusCodes.Status503ServiceUnavailable, "The broker was not reached in time");
    public static readonly ProblemCode BrokerRefused = new("broker_refused", StatusCodes.Status502BadGateway, "The broker refused");
    public static readonly ProblemCode BrokerUntrusted = new("broker_untrusted", StatusCodes.Status502BadGateway, "The broker could not prove who it is");
    public static readonly ProblemCode BrokerMisconfigured = new("broker_misconfigured", StatusCodes.Status502BadGateway, "The settings for the broker make no sense");
    public static readonly ProblemCode DirectoryUnavailable = new("directory_unavailable", StatusCodes.Status503ServiceUnavailable, "The key directory was not reached in time");
    public static readonly ProblemCode Withdrawn = new("withdrawn", StatusCodes.Status503ServiceUnavailable, "It was still waiting when the time was over");
    public static readonly ProblemCode SessionUnavailable = new("session_unavailable", StatusCodes.Status503ServiceUnavailable, "The session does not run");
    public static readonly ProblemCode StorageUnavailable = new("storage_unavailable", StatusCodes.Status503ServiceUnavailable, "The gateway's memory failed");
    public static readonly ProblemCode InternalError = new("internal_error", StatusCodes.Status500InternalServerError, "A fault in the program");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ProblemCode> All { get; } = [.. typeof(ProblemCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (ProblemCode)field.GetValue(null)!)];
}

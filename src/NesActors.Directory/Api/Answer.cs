using Microsoft.AspNetCore.Http;

namespace NesActors.Directory.Api;

/// <summary>An answer of one line: its status, and the words that the protocol has for it.</summary>
internal sealed record Answer(int Status, string Text)
{
    public static readonly Answer UserCreated = new(StatusCodes.Status201Created, "user created");
    public static readonly Answer UserActivated = new(StatusCodes.Status200OK, "user activated");
    public static readonly Answer UserRevoked = new(StatusCodes.Status200OK, "user revoked");
    public static readonly Answer UserDeleted = new(StatusCodes.Status200OK, "user deleted");
    public static readonly Answer UserNotFound = new(StatusCodes.Status404NotFound, "user not found");
    public static readonly Answer ActivationExpired = new(StatusCodes.Status410Gone, "activation link expired");

    public static readonly Answer WrongSignature = new(StatusCodes.Status403Forbidden, "signature verification error");
    public static readonly Answer RecordChanged = new(StatusCodes.Status409Conflict, "record has changed");
    public static readonly Answer StatementChanged = new(StatusCodes.Status409Conflict, "statement has changed");
    public static readonly Answer KeyTaken = new(StatusCodes.Status409Conflict, "key belongs to another user");

    public static readonly Answer CheckEmail = new(StatusCodes.Status202Accepted, "check email");
    public static readonly Answer RecoveryNeedsMail = new(StatusCodes.Status403Forbidden, "recovery needs mail");
    public static readonly Answer RecoveryConfirmed = new(StatusCodes.Status200OK, "recovery confirmed");
    public static readonly Answer RecoveryCancelled = new(StatusCodes.Status200OK, "recovery cancelled");
    public static readonly Answer RecoveryExpired = new(StatusCodes.Status410Gone, "recovery link expired");
    public static readonly Answer NoRecovery = new(StatusCodes.Status404NotFound, "no recovery");

    /// <summary>The request itself is wrong.</summary>
    public static Answer Refused(string reason) => new(StatusCodes.Status400BadRequest, reason);

    public Task WriteAsync(HttpContext context) => PlainText.WriteAsync(context, Status, Text);
}

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
    public static readonly ProblemCode Forbidden = new("forbidden", StatusCodes.Status403Forbidden, "The token does not allow this");
    public static readonly ProblemCode NotFound = new("not_found", StatusCodes.Status404NotFound, "There is nothing of that name");
    public static readonly ProblemCode MethodNotAllowed = new("method_not_allowed", StatusCodes.Status405MethodNotAllowed, "This cannot be done there");
    public static readonly ProblemCode Conflict = new("conflict", StatusCodes.Status409Conflict, "It does not fit what is there");
    public static readonly ProblemCode TooLarge = new("too_large", StatusCodes.Status413PayloadTooLarge, "The request is too large");
    public static readonly ProblemCode UnsupportedMediaType = new("unsupported_media_type", StatusCodes.Status415UnsupportedMediaType, "Content of that type is not taken here");
    public static readonly ProblemCode WrongHost = new("wrong_host", StatusCodes.Status421MisdirectedRequest, "This server does not go by that name");
    public static readonly ProblemCode RateLimited = new("rate_limited", StatusCodes.Status429TooManyRequests, "Too many requests");
    public static readonly ProblemCode SessionUnavailable = new("session_unavailable", StatusCodes.Status503ServiceUnavailable, "The session does not run");
    public static readonly ProblemCode StorageUnavailable = new("storage_unavailable", StatusCodes.Status503ServiceUnavailable, "The gateway's memory failed");
    public static readonly ProblemCode InternalError = new("internal_error", StatusCodes.Status500InternalServerError, "A fault in the program");
}

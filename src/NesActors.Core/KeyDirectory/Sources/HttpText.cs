using System.Net;
using System.Text;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>What a directory's answers say, in words for a person.</summary>
internal static class HttpText
{
    /// <summary>A status that says nothing about what was asked.</summary>
    public static string Describe(Uri address, HttpStatusCode status) => (int)status switch
    {
        429 => $"{address.Authority} was asked too often (status 429); try again later",
        >= 300 and < 400 => $"{address.Authority} redirects to another address ({(int)status}), which is not followed",
        _ => $"{address.Authority} answered with status {(int)status}",
    };

    /// <summary>Whether the directory read the request and refused it.</summary>
    public static bool IsRefusal(HttpStatusCode status) => status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        or HttpStatusCode.Conflict or HttpStatusCode.Gone or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity;

    /// <summary>An answer that is larger than any of a directory.</summary>
    public static string TooLarge(Uri address) => $"{address.Authority} answered with more than a directory ever does";

    /// <summary>The directory's own words, made safe for a terminal; where it has none, its status.</summary>
    public static string Reason(Uri address, HttpExchange.Answered answer)
    {
        var reason = answer.MediaType is null or "text/plain" ? SafeLine.Of(Encoding.UTF8.GetString(answer.Body.Span)) : "";
        return reason.Length > 0 ? reason : Describe(address, answer.Status);
    }
}

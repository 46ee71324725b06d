using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace NesActors.FrontEnd.Rest.Api;

/// <summary>Answers that say what went wrong: <c>application/problem+json</c> (RFC 9457) with the member <c>code</c>.</summary>
internal static class Problem
{
    /// <summary>The answer.</summary>
    /// <param name="code">What went wrong.</param>
    /// <param name="detail">The same about this request, for a person; never with what a message says, and never with a secret.</param>
    /// <param name="more">Members beside <c>code</c>.</param>
    public static ProblemHttpResult Of(ProblemCode code, string detail, params IEnumerable<KeyValuePair<string, object?>> more) =>
        TypedResults.Problem(detail, statusCode: code.Status, title: code.Title, type: "about:blank", extensions: [KeyValuePair.Create("code", (object?)code.Name), .. more]);

    /// <summary>Writes it, from where no result can be returned.</summary>
    /// <param name="context">The request.</param>
    /// <param name="code">What went wrong.</param>
    /// <param name="detail">The same about this request, for a person.</param>
    /// <param name="retryAfter">After what time the same may go well.</param>
    public static Task WriteAsync(HttpContext context, ProblemCode code, string detail, TimeSpan? retryAfter = null)
    {
        // In whole seconds (RFC 9110, 10.2.3), and never at once.
        if (retryAfter is { } wait) context.Response.Headers.RetryAfter = Math.Ceiling(Math.Max(1, wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Of(code, detail).ExecuteAsync(context);
    }
}

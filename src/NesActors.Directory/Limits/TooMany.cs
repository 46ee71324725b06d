using System.Globalization;
using Microsoft.AspNetCore.Http;
using NesActors.Directory.Api;

namespace NesActors.Directory.Limits;

/// <summary>Answers to those who ask too often.</summary>
internal static class TooMany
{
    /// <summary>429, and in whole seconds when to ask again.</summary>
    public static Task WriteAsync(HttpContext context, TimeSpan retryAfter, string text = "too many requests, try again later")
    {
        context.Response.Headers.RetryAfter = Math.Ceiling(Math.Max(1, retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return PlainText.WriteAsync(context, StatusCodes.Status429TooManyRequests, text);
    }
}

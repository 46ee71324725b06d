using Microsoft.AspNetCore.Http;

namespace NesActors.Directory.Api;

/// <summary>
/// Headers of every answer: nothing here runs a script, is framed, or is to be kept by a cache (a link that was followed, a record that changed);
/// and the address of a page, which may hold a token, is told to nobody.
/// </summary>
internal static class SecurityHeaders
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action ";

    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = Policy + "'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
        return next(context);
    }

    /// <summary>Lets this one page send its form to where it came from.</summary>
    public static void AllowOwnForm(HttpContext context) => context.Response.Headers.ContentSecurityPolicy = Policy + "'self'";
}

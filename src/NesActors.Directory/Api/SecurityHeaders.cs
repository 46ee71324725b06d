using Microsoft.AspNetCore.Http;

namespace NesActors.Directory.Api;

/// <summary>
/// Headers of every answer: nothing here runs a script, is framed, or is to be kept by a cache (a link that was followed, a record that changed);
/// and the address of a page, which may hold a token, is told to nobody.
/// </summary>
internal static class SecurityHeaders
{
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
        return next(context);
    }
}

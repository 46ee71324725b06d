using System.Net;
using Microsoft.AspNetCore.Http;

namespace NesActors.FrontEnd.Rest.Hosting;

/// <summary>Headers of every answer: nothing here is kept by a cache, framed, guessed to be of another type, or told to another site. A page that needs more says so for itself.</summary>
internal static class SecurityHeaders
{
    private const string NothingAllowed = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = NothingAllowed;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // Never for this machine itself: a browser would keep it for every program that listens here.
        if (context.Request.IsHttps && !IsLoopback(context.Request.Host.Host)) headers.StrictTransportSecurity = "max-age=31536000";
        return next(context);
    }

    private static bool IsLoopback(string? host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}

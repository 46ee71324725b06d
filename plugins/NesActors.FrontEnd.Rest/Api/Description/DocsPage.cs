using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scalar.AspNetCore;

namespace NesActors.FrontEnd.Rest.Api.Description;

/// <summary>
/// <c>/docs</c>: the description as a page for people, shown by Scalar, whose script comes with the package. That is much code of others, on the port at which somebody's chat is signed in: so the page is sandboxed
/// (https://html.spec.whatwg.org/multipage/browsers.html#sandboxing). Its origin is none, so that it sees no storage of the chat and none of its windows, and its policy lets it connect to nothing. What it shows stands in it.
/// </summary>
internal static class DocsPage
{
    private const string Path = "/docs", Script = "/docs/scalar.js", Template = "docs.html";

    public static void Map(IEndpointRouteBuilder routes, Lazy<Task<string>> description)
    {
        var template = ReadTemplate();
        routes.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], async Task<ContentHttpResult> (HttpResponse response, CancellationToken _) =>
        {
            var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
            response.Headers.ContentSecurityPolicy = PolicyOf(nonce);
            return TypedResults.Content(string.Format(CultureInfo.InvariantCulture, template, nonce, Embedded(await description.Value.ConfigureAwait(false))), "text/html; charset=utf-8");
        }).AllowAnonymous().ExcludeFromDescription();
        MapScript(routes);
    }

    /// <summary>Of Scalar's own routes the script alone is served: its page would have the chat's origin.</summary>
    private static void MapScript(IEndpointRouteBuilder routes) => routes.MapScalarApiReference(Path).AddEndpointFilter(async (call, next) =>
    {
        var (request, response) = (call.HttpContext.Request, call.HttpContext.Response);
        if (request.Path != Script) return TypedResults.NotFound();
        // To a page without an origin this is another's. Everybody has what is in it.
        response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        response.Headers.CacheControl = "no-cache";
        return await next(call).ConfigureAwait(false);
    }).AllowAnonymous().ExcludeFromDescription();

    /// <summary>Nothing but the two scripts that are in the page's text, by name; Scalar adds styles while it runs, which no other page here may.</summary>
    private static string PolicyOf(string nonce) =>
        $"sandbox allow-scripts; default-src 'none'; script-src 'nonce-{nonce}'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

    /// <summary>JSON as it may stand in a script element: nothing in it ends that.</summary>
    private static string Embedded(string json) => json.Replace("<", "\\u003c", StringComparison.Ordinal);

    private static string ReadTemplate()
    {
        using var reader = new StreamReader(typeof(DocsPage).Assembly.GetManifestResourceStream(Template)!);
        return reader.ReadToEnd();
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
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
    private const string Path = "/docs", Script = "/docs/scalar.js", Template = "docs.html", NonceMark = "{nonce}", DescriptionMark = "{description}";

    public static void Map(IEndpointRouteBuilder routes, Lazy<Task<string>> description)
    {
        var parts = new Lazy<Task<IReadOnlyList<byte[]>>>(() => PartsAsync(description));
        routes.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], async (HttpResponse response, CancellationToken cancellation) =>
        {
            var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
            response.Headers.ContentSecurityPolicy = PolicyOf(nonce);
            await WriteAsync(response, await parts.Value.ConfigureAwait(false), Encoding.ASCII.GetBytes(nonce), cancellation).ConfigureAwait(false);
        }).AllowAnonymous().ExcludeFromDescription();
        MapScript(routes);
    }

    /// <summary>The page is the same for all but the nonce, and long: nothing of it is made anew.</summary>
    private static async Task WriteAsync(HttpResponse response, IReadOnlyList<byte[]> parts, byte[] nonce, CancellationToken cancellation)
    {
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = parts.Sum(part => part.Length) + ((parts.Count - 1) * nonce.Length);
        for (var index = 0; index < parts.Count; index++)
        {
            if (index > 0) await response.Body.WriteAsync(nonce, cancellation).ConfigureAwait(false);
            await response.Body.WriteAsync(parts[index], cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>What stands around the nonces.</summary>
    private static async Task<IReadOnlyList<byte[]>> PartsAsync(Lazy<Task<string>> description)
    {
        using var reader = new StreamReader(typeof(DocsPage).Assembly.GetManifestResourceStream(Template)!);
        var template = await reader.ReadToEndAsync().ConfigureAwait(false);
        var json = Embedded(await description.Value.ConfigureAwait(false));
        // The description last: what is in it stands for nothing.
        return [.. template.Split(NonceMark).Select(part => Encoding.UTF8.GetBytes(part.Replace(DescriptionMark, json, StringComparison.Ordinal)))];
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

    /// <summary>Nothing but the scripts that the text of the page names; Scalar adds styles while it runs, which no other page here may.</summary>
    private static string PolicyOf(string nonce) =>
        $"sandbox allow-scripts; default-src 'none'; script-src 'nonce-{nonce}'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

    /// <summary>JSON as it may stand in a script element: nothing in it ends that.</summary>
    private static string Embedded(string json) => json.Replace("<", "\\u003c", StringComparison.Ordinal);
}

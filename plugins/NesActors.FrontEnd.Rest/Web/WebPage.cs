using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace NesActors.FrontEnd.Rest.Web;

/// <summary>
/// The web page at <c>/</c>: a chat for a person, by the same API that scripts use. Its files are embedded in the plugin, so that no path of a request ever reaches the disk. It holds no secret and is
/// served to anybody; what it shows, it asks for with a token.
/// </summary>
internal static class WebPage
{
    private const string Folder = "/page/", Start = "index.html";

    /// <summary>
    /// Scripts and styles from here alone and none inline, no other origin, no frame, no form that leaves, nothing relative to another base; and no text that becomes a script or markup (Trusted
    /// Types, https://www.w3.org/TR/trusted-types/, which browsers that do not know them ignore).
    /// </summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var files = WebFile.LoadAll();
        MapFile(routes, "/", files[Start]);
        foreach (var (name, file) in files)
        {
            if (name != Start) MapFile(routes, Folder + name, file);
        }
    }

    private static void MapFile(IEndpointRouteBuilder routes, string path, WebFile file) =>
        routes.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], (HttpResponse response) => Serve(response, file)).AllowAnonymous().ExcludeFromDescription();

    /// <summary>What a browser has may be used again, once it has asked whether it is still the same: all files of a page are then of one version.</summary>
    private static FileContentHttpResult Serve(HttpResponse response, WebFile file)
    {
        var headers = response.Headers;
        headers.CacheControl = "no-cache";
        headers.ContentSecurityPolicy = Policy;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        return TypedResults.Bytes(file.Content, file.ContentType, entityTag: new EntityTagHeaderValue(file.EntityTag));
    }
}

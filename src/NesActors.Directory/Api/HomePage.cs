using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace NesActors.Directory.Api;

/// <summary>What explains the requests: a page for people, with this directory's address and public key in it, and a description for programs (OpenAPI 3.1).</summary>
internal sealed class HomePage(Func<Uri> publicAddress, string publicKeyPem)
{
    private readonly Lazy<byte[]> _page = new(() => Encoding.UTF8.GetBytes(Resource.ReadText("HomePage.html")
        .Replace("{{address}}", WebUtility.HtmlEncode(publicAddress().AbsoluteUri.TrimEnd('/')), StringComparison.Ordinal)
        .Replace("{{public_key}}", WebUtility.HtmlEncode(publicKeyPem.Trim()), StringComparison.Ordinal)));

    private readonly Lazy<byte[]> _description = new(() => Encoding.UTF8.GetBytes(Resource.ReadText("openapi.json")));

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", context => WriteAsync(context, "text/html; charset=utf-8", _page.Value));
        routes.MapGet("/openapi.json", context => WriteAsync(context, "application/json", _description.Value));
    }

    private static Task WriteAsync(HttpContext context, string type, byte[] body)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}

using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace NesActors.Directory.Api;

/// <summary>The page that explains the requests, with this directory's address and public key in it.</summary>
internal sealed class HomePage(Func<Uri> publicAddress, string publicKeyPem)
{
    private readonly Lazy<byte[]> _page = new(() => Encoding.UTF8.GetBytes(Resource.ReadText("HomePage.html")
        .Replace("{{address}}", WebUtility.HtmlEncode(publicAddress().AbsoluteUri.TrimEnd('/')), StringComparison.Ordinal)
        .Replace("{{public_key}}", WebUtility.HtmlEncode(publicKeyPem.Trim()), StringComparison.Ordinal)));

    public Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = _page.Value.Length;
        return context.Response.Body.WriteAsync(_page.Value, context.RequestAborted).AsTask();
    }
}

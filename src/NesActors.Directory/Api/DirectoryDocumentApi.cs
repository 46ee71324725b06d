using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NesActors.Directory.Keys;

namespace NesActors.Directory.Api;

/// <summary><c>GET /directory</c>: the directory's keys.</summary>
internal sealed class DirectoryDocumentApi(DirectoryDocuments documents)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/directory", AnswerAsync);

    private Task AnswerAsync(HttpContext context)
    {
        var body = documents.Present();
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}

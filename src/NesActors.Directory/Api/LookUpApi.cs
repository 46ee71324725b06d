using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;
using NesActors.Contracts;
using NesActors.Directory.LookUp;

namespace NesActors.Directory.Api;

/// <summary>
/// <c>GET /users/{name}</c>. Nearly all requests are of this kind, so it stands before routing and reads the path itself; a request for a proof, which costs
/// a signature, goes on to the endpoint <see cref="Proof"/>, where its rate is limited.
/// </summary>
internal sealed class LookUpApi(LookUps lookUps, AnswerSigner signer)
{
    /// <summary>Name of the endpoint, and of the limit, for requests with <c>?proof=1</c>.</summary>
    public const string Proof = "proof";

    private const string Prefix = "/users/";

    private static readonly StringValues Json = "application/json";
    private static readonly StringValues PlainTextUtf8 = "text/plain; charset=utf-8";
    private static readonly StringValues NoCache = "no-cache";
    private static readonly byte[] NotFound = "user not found"u8.ToArray();

    /// <summary>Adds look-ups, then routing, and the endpoint for proofs.</summary>
    public void Use(WebApplication web)
    {
        web.Use(InvokeAsync);
        web.UseRouting();
        web.MapMethods("/users/{username}", [HttpMethods.Get, HttpMethods.Head], ProveAsync).WithName(Proof);
    }

    private Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var path = request.Path.Value;
        if (path is null || !path.StartsWith(Prefix, StringComparison.Ordinal) || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))) return next(context);
        var name = path.AsSpan(Prefix.Length).TrimEnd('/');
        if (name.IsEmpty || name.Contains('/') || (request.QueryString.HasValue && request.Query["proof"] == "1")) return next(context);
        if (lookUps.TryFind(name, out var answer)) return WriteAsync(context, answer);
        return Username.TryParse(name.ToString(), out var user) ? FindAsync(context, user) : WriteAsync(context, null);
    }

    private async Task FindAsync(HttpContext context, Username name) =>
        await WriteAsync(context, await lookUps.FindAsync(name).ConfigureAwait(false)).ConfigureAwait(false);

    private async Task ProveAsync(HttpContext context)
    {
        if (!Username.TryParse(context.GetRouteValue("username") as string, out var name))
        {
            await WriteAsync(context, null).ConfigureAwait(false);
            return;
        }
        if (!lookUps.TryFind(name.Value, out var answer)) answer = await lookUps.FindAsync(name).ConfigureAwait(false);
        await (answer is { IsActive: true }
            ? WriteAsync(context, answer)
            : WriteAsync(context, StatusCodes.Status404NotFound, Json, answer?.Body ?? signer.Absent(name).ToJson())).ConfigureAwait(false);
    }

    private static Task WriteAsync(HttpContext context, LookUpAnswer? answer)
    {
        if (answer is not { IsActive: true }) return WriteAsync(context, StatusCodes.Status404NotFound, PlainTextUtf8, NotFound);
        var headers = context.Response.Headers;
        headers.CacheControl = NoCache;
        headers.ETag = answer.ETag;
        if (context.Request.Headers.IfNoneMatch.Count == 0 || !Knows(context, answer.ETag)) return WriteAsync(context, StatusCodes.Status200OK, Json, answer.Body);
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return Task.CompletedTask;
    }

    private static Task WriteAsync(HttpContext context, int status, StringValues type, byte[] body)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.Headers.ContentType = type;
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.BodyWriter.WriteAsync(body, CancellationToken.None).AsTask();
    }

    // By the weak comparison of RFC 9110, 13.1.2. What is no list of tags knows nothing.
    private static bool Knows(HttpContext context, string tag) =>
        context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Tag == "*" || known.Tag == tag);
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NesActors.Contracts;
using NesActors.Directory.Registration;

namespace NesActors.Directory.Api;

/// <summary>What the features have in common in reading a request.</summary>
internal static class Requests
{
    /// <summary>The name in the address.</summary>
    public static bool TryGetName(this HttpContext context, out Username name) => Username.TryParse(context.GetRouteValue("username") as string, out name);

    /// <summary>The whole body, which the web server limits to 64 KiB.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(this HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    /// <summary>Reads a request and answers with what comes of it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="read">Makes something of the body; null where it is nothing of the kind.</param>
    /// <param name="change">Does what it asks for.</param>
    /// <param name="nobody">The answer where nobody can have the name in the address.</param>
    public static async Task AnswerAsync<T>(
        this HttpContext context, Func<ReadOnlyMemory<byte>, T?> read, Func<Username, T, CancellationToken, Task<Answer>> change, Answer nobody)
        where T : class
    {
        var request = read(await context.ReadBodyAsync().ConfigureAwait(false));
        var answer = request is null ? Answer.Refused(Refusal.Request)
            : context.TryGetName(out var name) ? await change(name, request, context.RequestAborted).ConfigureAwait(false)
            : nobody;
        await answer.WriteAsync(context).ConfigureAwait(false);
    }

    /// <summary>Answers other methods with 405. Without this, the last part of the address would be taken for the token of a link.</summary>
    public static void MapOtherMethods(this IEndpointRouteBuilder routes, string path, string allowed) => routes.Map(path, context =>
    {
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = allowed;
        return Task.CompletedTask;
    });
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NesActors.Contracts;
using NesActors.Directory.Registration;

namespace NesActors.Directory.Api;

/// <summary>The requests of the directory but for look-ups, with the statuses and the plain-text reasons of the original.</summary>
internal sealed class DirectoryApi(Registrar registrar, HomePage home)
{
    private const string UserNotFound = "user not found";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", home.WriteAsync);
        routes.MapPost("/users", RegisterAsync);
        routes.MapGet("/users/{username}/{token}", FollowLinkAsync);
    }

    private async Task RegisterAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        var request = RegistrationRequest.TryParse(body.GetBuffer().AsMemory(0, (int)body.Length));
        var refusal = request is null ? Refusal.Request : await registrar.RegisterAsync(request, context.RequestAborted).ConfigureAwait(false);
        await (refusal is null
            ? PlainText.WriteAsync(context, StatusCodes.Status201Created, "user created")
            : PlainText.WriteAsync(context, StatusCodes.Status400BadRequest, refusal)).ConfigureAwait(false);
    }

    private async Task FollowLinkAsync(HttpContext context)
    {
        var token = context.GetRouteValue("token") as string ?? "";
        var outcome = TryGetName(context, out var name)
            ? await registrar.FollowAsync(name, token, context.RequestAborted).ConfigureAwait(false)
            : LinkOutcome.Unknown;
        var (status, text) = outcome switch
        {
            LinkOutcome.Activated => (StatusCodes.Status200OK, "user activated"),
            LinkOutcome.Deleted => (StatusCodes.Status200OK, "user deleted"),
            LinkOutcome.Expired => (StatusCodes.Status410Gone, "activation link expired"),
            _ => (StatusCodes.Status404NotFound, UserNotFound),
        };
        await PlainText.WriteAsync(context, status, text).ConfigureAwait(false);
    }

    private static bool TryGetName(HttpContext context, out Username name) => Username.TryParse(context.GetRouteValue("username") as string, out name);
}

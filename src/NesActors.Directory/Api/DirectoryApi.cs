using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NesActors.Directory.Storage;

namespace NesActors.Directory.Api;

/// <summary>The home page, and the look-up.</summary>
internal sealed class DirectoryApi(UserStore users, HomePage home)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", home.WriteAsync);
        routes.MapGet("/users/{username}", LookUpAsync);
    }

    private async Task LookUpAsync(HttpContext context)
    {
        if (!context.TryGetName(out var name) || await users.FindSignedPartAsync(name, context.RequestAborted).ConfigureAwait(false) is not { } signed)
        {
            await Answer.UserNotFound.WriteAsync(context).ConfigureAwait(false);
            return;
        }
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(signed, context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.WriteAsync("}\n"u8.ToArray(), context.RequestAborted).ConfigureAwait(false);
    }
}

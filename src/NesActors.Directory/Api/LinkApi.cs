using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NesActors.Directory.Links;

namespace NesActors.Directory.Api;

/// <summary>
/// The links of mails. Opening one changes nothing, however often and by whomever: scanners and previews of mail programs do. The button of its
/// page does what it says.
/// </summary>
internal sealed class LinkApi(OwnerLinks links)
{
    private const string Path = "/users/{username}/{token}";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], ShowAsync);
        routes.MapPost(Path, FollowAsync);
    }

    private async Task ShowAsync(HttpContext context)
    {
        var link = await FindAsync(context).ConfigureAwait(false);
        if (link is null || link.IsOver) await (link?.Over ?? Answer.UserNotFound).WriteAsync(context).ConfigureAwait(false);
        else if (WantsJson(context.Request)) await Json.WriteAsync(context, link.ToJson()).ConfigureAwait(false);
        else await LinkPage.WriteAsync(context, link).ConfigureAwait(false);
    }

    private async Task FollowAsync(HttpContext context)
    {
        var link = await FindAsync(context).ConfigureAwait(false);
        var answer = link is null ? Answer.UserNotFound : await links.FollowAsync(link, context.RequestAborted).ConfigureAwait(false);
        await answer.WriteAsync(context).ConfigureAwait(false);
    }

    private async Task<OwnerLink?> FindAsync(HttpContext context) =>
        context.TryGetName(out var name) ? await links.FindAsync(name, context.GetRouteValue("token") as string ?? "", context.RequestAborted).ConfigureAwait(false) : null;

    private static bool WantsJson(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return accepted.Any(type => type.MediaType == "application/json") && accepted.All(type => type.MediaType != "text/html");
    }
}

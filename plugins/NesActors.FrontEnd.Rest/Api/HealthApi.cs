using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Access;
using NesActors.FrontEnd.Rest.Api.Description;
using NesActors.FrontEnd.Rest.Hosting;

namespace NesActors.FrontEnd.Rest.Api;

/// <summary><c>/health/live</c> and <c>/health/ready</c>, for whatever starts the program again or sends clients to it. To whom we do not know it tells up or down; an identity's own callers learn of that one what is amiss.</summary>
/// <param name="identities">Who is served.</param>
/// <param name="tellsAll">Whether anybody who asks may know which identity is not ready: on a listener that is the operator's alone.</param>
internal sealed class HealthApi(ServedIdentities identities, bool tellsAll)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").WithTags("health").AllowAnonymous().Fails();
        health.MapGet("/live", () => TypedResults.Ok(new Liveness("live"))).WithName("getLiveness").WithSummary("The process answers");
        health.MapGet("/ready", ReadyAsync).WithName("getReadiness").Produces<ReadinessView>().Produces<ReadinessView>(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Whether messages can be sent and read: for a token, of its identity and with what is amiss; else of all");
    }

    private async Task<JsonHttpResult<ReadinessView>> ReadyAsync(HttpContext context, CancellationToken cancellation)
    {
        var caller = context.Features.Get<Caller>();
        var parts = new List<PartsView>();
        foreach (var identity in identities.All.Where(identity => caller is null || identity == caller.Identity))
        {
            var found = await identity.Readiness.AskAsync(cancellation).ConfigureAwait(false);
            parts.Add(new PartsView(identity.User.Value, found.IsReady, found.Session, found.IsStorageGood ? "good" : "failed"));
        }
        var isReady = parts.All(one => one.Ready);
        return TypedResults.Json(
            new ReadinessView(isReady ? "ready" : "unavailable", tellsAll || caller is not null ? parts : null), statusCode: isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private sealed record Liveness(string Status);

    /// <param name="Status"><c>ready</c> or <c>unavailable</c>.</param>
    /// <param name="Identities">What there is of each; <see langword="null"/> for who may not know.</param>
    private sealed record ReadinessView(string Status, IReadOnlyList<PartsView>? Identities);

    /// <param name="User">The identity.</param>
    /// <param name="Ready">Whether all of it is as it should be.</param>
    /// <param name="Session">The session's connection to the broker; <see langword="null"/> where no session runs, or it does not answer.</param>
    /// <param name="Storage"><c>good</c>, or <c>failed</c>: the gateway's memory cannot be written.</param>
    private sealed record PartsView(string User, bool Ready, ConnectionState? Session, string Storage);
}

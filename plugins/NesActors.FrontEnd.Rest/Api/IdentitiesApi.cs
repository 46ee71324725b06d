using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Rest.Access;
using NesActors.FrontEnd.Rest.Api.Description;

namespace NesActors.FrontEnd.Rest.Api;

/// <summary><c>/v1/identities</c>, <c>/v1/status</c>, <c>/v1/plugins</c>: who the caller is here, how the session does, and what the program has loaded.</summary>
internal sealed class IdentitiesApi(GatewayRequest request)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/identities", Identities).WithName("listIdentities").WithTags("session").Fails().RequiresAnyScope().WithSummary("Whom this token belongs to, and what it may do");
        routes.MapGet("/v1/status", StatusAsync).WithName("getStatus").WithTags("session").Fails(ProblemCode.SessionUnavailable).Requires(Scope.Read).WithSummary("The connection to the broker, what waits, what was dropped");
        routes.MapGet("/v1/plugins", () => TypedResults.Ok(new PluginList(request.ProgramVersion, request.Plugins))).WithName("listPlugins").WithTags("session").Fails().Requires(Scope.Admin)
            .WithSummary("The version of the program, and its plugins");
    }

    private static Ok<IdentityList> Identities(Caller caller) =>
        TypedResults.Ok(new IdentityList([new IdentityView(caller.Identity.User.Value, caller.Identity.Messenger?.MyFingerprint.Value, caller.Scopes.ToNames())]));

    private static async Task<Ok<StatusView>> StatusAsync(Caller caller, CancellationToken cancellation)
    {
        var status = await caller.Messenger.StatusAsync(cancellation).ConfigureAwait(false);
        return TypedResults.Ok(new StatusView(
            status.Me.Value, status.Connection, status.Detail, status.Queued, status.Spooled, status.Received,
            status.Dropped.OrderBy(drop => drop.Key).ToDictionary(drop => JsonNamingPolicy.SnakeCaseLower.ConvertName(drop.Key.ToString()), drop => drop.Value)));
    }

    private sealed record IdentityView(string User, string? Fingerprint, IReadOnlyList<string> Scopes);

    private sealed record IdentityList(IReadOnlyList<IdentityView> Identities);

    private sealed record StatusView(string User, ConnectionState Connection, string? Detail, int Queued, int Spooled, long Received, IReadOnlyDictionary<string, long> Dropped);

    private sealed record PluginList(string Version, IReadOnlyList<GatewayPlugin> Plugins);
}

using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NesActors.FrontEnd.Rest.Access;
using NesActors.FrontEnd.Rest.Api.Description;
using NesActors.FrontEnd.Rest.Api.Views;
using NesActors.FrontEnd.Rest.Webhooks;

namespace NesActors.FrontEnd.Rest.Api;

/// <summary><c>/v1/webhooks</c>: who is told of events by HTTP.</summary>
internal static class WebhooksApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("/v1/webhooks").WithTags("webhooks").Requires(Scope.Admin).Fails(ProblemCode.InvalidValue, ProblemCode.StorageUnavailable);
        webhooks.MapGet("", List).WithName("listWebhooks").WithSummary("All webhooks of this identity; the secrets are not shown");
        webhooks.MapPost("", CreateAsync).WithName("createWebhook").Fails(ProblemCode.Conflict, ProblemCode.SessionUnavailable).WithSummary("Registers a receiver of events; its secret is in this answer and nowhere else");
        webhooks.MapGet("/{id}", Show).WithName("getWebhook").Fails(ProblemCode.NotFound).WithSummary("A webhook, and how it does");
        webhooks.MapPatch("/{id}", PatchAsync).WithName("changeWebhook").Fails(ProblemCode.NotFound).WithSummary("Disables a webhook, or enables it, from where it stopped");
        webhooks.MapDelete("/{id}", RemoveAsync).WithName("removeWebhook").Fails(ProblemCode.NotFound).Produces(StatusCodes.Status204NoContent).WithSummary("Removes a webhook, with its dead letters");
        webhooks.MapPost("/{id}/secret", RotateAsync).WithName("changeWebhookSecret").Fails(ProblemCode.NotFound).WithSummary("Makes another secret; for 24 hours both sign");
        webhooks.MapGet("/{id}/deliveries", Deliveries).WithName("listDeliveries").Fails(ProblemCode.NotFound).WithSummary("What the receiver has not taken, in the order of the log");
        webhooks.MapPost("/{id}/deliveries/{delivery:long}/replay", ReplayAsync).WithName("replayDelivery").Fails(ProblemCode.NotFound, ProblemCode.Conflict).WithSummary("Tries one of these now");
        webhooks.MapPost("/{id}/replay", ReplayAllAsync).WithName("replayDeliveries").Fails(ProblemCode.NotFound, ProblemCode.Conflict).WithSummary("Tries all of these now");
    }

    private static Ok<WebhookList> List(Caller caller, HttpRequest request)
    {
        Parameters.Only(request);
        return TypedResults.Ok(new WebhookList([.. caller.Identity.Webhooks.Webhooks.All().Select(WebhookView.Of)]));
    }

    private static async Task<Created<MadeWebhook>> CreateAsync(Caller caller, HttpRequest request, NewWebhook wanted, CancellationToken cancellation)
    {
        Parameters.Only(request);
        var dispatcher = caller.Identity.Webhooks;
        if (wanted.Name is { } name && (name.Length is 0 or > Webhook.MaxNameLength || name.Any(char.IsControl))) throw ProblemException.Invalid($"name: 1 to {Webhook.MaxNameLength} characters on one line");
        var url = WebhookUrl.Parse(wanted.Url, dispatcher.MayCallPrivateAddresses);
        var events = wanted.Events is null ? EventTypes.Message : EventTypeNames.Parse(wanted.Events) ?? throw ProblemException.Invalid($"events: one or more of {string.Join(", ", EventTypes.All.ToNames())}");
        if (await dispatcher.CreateAsync(url, events, wanted.Name, caller.Token?.Id, cancellation).ConfigureAwait(false) is not { } made)
            throw new ProblemException(ProblemCode.Conflict, $"There are {WebhookStore.MaxWebhooks} webhooks already: remove some.");
        return TypedResults.Created($"/v1/webhooks/{made.Webhook.Id}", new MadeWebhook(WebhookView.Of(made.Webhook), made.Secret));
    }

    private static Ok<WebhookView> Show(Caller caller, HttpRequest request, string id)
    {
        Parameters.Only(request);
        return TypedResults.Ok(WebhookView.Of(Require(caller, id)));
    }

    private static async Task<Ok<WebhookView>> PatchAsync(Caller caller, HttpRequest request, string id, WebhookPatch patch)
    {
        Parameters.Only(request);
        return TypedResults.Ok(WebhookView.Of(await caller.Identity.Webhooks.SetEnabledAsync(id, patch.Enabled, caller.Token?.Id).ConfigureAwait(false) ?? throw NotFound()));
    }

    private static async Task<NoContent> RemoveAsync(Caller caller, HttpRequest request, string id)
    {
        Parameters.Only(request);
        return await caller.Identity.Webhooks.RemoveAsync(id).ConfigureAwait(false) ? TypedResults.NoContent() : throw NotFound();
    }

    private static async Task<Ok<MadeWebhook>> RotateAsync(Caller caller, HttpRequest request, string id)
    {
        Parameters.Only(request);
        var secret = await caller.Identity.Webhooks.RotateAsync(id).ConfigureAwait(false) ?? throw NotFound();
        return TypedResults.Ok(new MadeWebhook(WebhookView.Of(Require(caller, id)), secret));
    }

    private static Ok<DeliveryList> Deliveries(Caller caller, HttpRequest request, string id, [Description("`pending` or `dead`; both without it")] string? state)
    {
        Parameters.Only(request, "state");
        var isDead = state switch
        {
            null => (bool?)null,
            "pending" => false,
            "dead" => true,
            _ => throw ProblemException.Invalid("state: pending or dead"),
        };
        return TypedResults.Ok(new DeliveryList([.. caller.Identity.Webhooks.Deliveries.List(Require(caller, id).Id, isDead).Select(DeliveryView.Of)]));
    }

    private static async Task<Accepted<Replay>> ReplayAsync(Caller caller, HttpRequest request, string id, long delivery)
    {
        Parameters.Only(request);
        var webhook = RequireEnabled(caller, id);
        return await caller.Identity.Webhooks.ReplayAsync(webhook.Id, delivery).ConfigureAwait(false) is > 0 and var count
            ? TypedResults.Accepted((string?)null, new Replay(count))
            : throw new ProblemException(ProblemCode.NotFound, "There is no such delivery: the receiver has taken the event, or it was never tried.");
    }

    private static async Task<Accepted<Replay>> ReplayAllAsync(Caller caller, HttpRequest request, string id)
    {
        Parameters.Only(request);
        var webhook = RequireEnabled(caller, id);
        return TypedResults.Accepted((string?)null, new Replay(await caller.Identity.Webhooks.ReplayAsync(webhook.Id, null).ConfigureAwait(false)));
    }

    private static Webhook Require(Caller caller, string id) => caller.Identity.Webhooks.Webhooks.Find(id) ?? throw NotFound();

    private static Webhook RequireEnabled(Caller caller, string id) =>
        Require(caller, id) is { Status: WebhookStatus.Enabled } webhook ? webhook : throw new ProblemException(ProblemCode.Conflict, "The webhook is disabled: enable it, then what is pending is tried at once.");

    private static ProblemException NotFound() => new(ProblemCode.NotFound, "There is no such webhook.");

    private sealed record NewWebhook(string Url, IReadOnlyList<string>? Events = null, string? Name = null)
    {
        /// <summary>Tells nothing of the address, which may hold what is meant to be a secret.</summary>
        public override string ToString() => "NewWebhook";
    }

    private sealed record WebhookPatch(bool Enabled);

    private sealed record WebhookList(IReadOnlyList<WebhookView> Webhooks);

    private sealed record DeliveryList(IReadOnlyList<DeliveryView> Deliveries);

    /// <param name="Replayed">How many are tried now.</param>
    private sealed record Replay(int Replayed);

    /// <summary>With the secret, which is shown this once.</summary>
    private sealed record MadeWebhook(WebhookView Webhook, string Secret)
    {
        /// <summary>Tells no secret.</summary>
        public override string ToString() => Webhook.Id;
    }
}

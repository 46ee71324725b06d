using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Access;
using NesActors.FrontEnd.Rest.Api.Description;
using NesActors.FrontEnd.Rest.Api.Views;

namespace NesActors.FrontEnd.Rest.Api;

/// <summary><c>/v1/tokens</c>: who may use this identity by the network.</summary>
internal sealed class TokensApi(TimeProvider clock)
{
    private const int MaxRecipients = 1000;

    public void Map(IEndpointRouteBuilder routes)
    {
        var tokens = routes.MapGroup("/v1/tokens").WithTags("tokens").Requires(Scope.Admin).Fails(ProblemCode.StorageUnavailable);
        tokens.MapGet("", (Caller caller) => TypedResults.Ok(new TokenList([.. caller.Identity.Tokens.All.Select(View)])))
            .WithName("listTokens").WithSummary("All tokens of this identity, those too that have expired in the last 30 days; the secrets are not kept");
        tokens.MapPost("", Create).WithName("createToken").Produces<MadeToken>(StatusCodes.Status201Created).Fails(ProblemCode.InvalidValue, ProblemCode.Conflict).WithSummary("Makes a token; its secret is in this answer and nowhere else");
        tokens.MapDelete("/{id}", RevokeAsync).WithName("revokeToken").Produces(StatusCodes.Status204NoContent).Fails(ProblemCode.NotFound, ProblemCode.InvalidValue)
            .WithSummary("Ends a token at once; streams that it has open end too, and so do webhooks that were registered by it");
    }

    private IResult Create(NewToken wanted, Caller caller)
    {
        if (wanted.Name.Length is 0 or > Token.MaxNameLength || wanted.Name.Any(char.IsControl)) throw ProblemException.Invalid($"name: 1 to {Token.MaxNameLength} characters on one line");
        var scopes = Scopes.Parse(wanted.Scopes) ?? throw ProblemException.Invalid($"scopes: one or more of {string.Join(", ", Scopes.All.ToNames())}");
        var recipients = Recipients(wanted.Recipients);
        if (recipients is not null && scopes.HasFlag(Scope.Admin)) throw ProblemException.Invalid("recipients: an admin token cannot be limited, it could make itself another");
        if (wanted.ExpiresAt <= clock.GetUtcNow()) throw ProblemException.Invalid("expires_at: a time to come");
        if (caller.Identity.Tokens.Create(wanted.Name, scopes, recipients, wanted.ExpiresAt) is not { } made)
            return Problem.Of(ProblemCode.Conflict, $"There are {TokenStore.MaxTokens} tokens already that have not expired: revoke some.");
        return TypedResults.Created($"/v1/tokens/{made.Token.Id}", new MadeToken(View(made.Token), made.Secret));
    }

    private static async Task<IResult> RevokeAsync(
        string id, Caller caller, HttpRequest request, [Description("`end`, or `keep`: webhooks that were registered by it go on; `end` without it")] string? webhooks)
    {
        Parameters.Only(request, "webhooks");
        if (webhooks is not (null or "end" or "keep")) throw ProblemException.Invalid("webhooks: end or keep");
        if (!caller.Identity.Tokens.Revoke(id, keepWebhooks: webhooks == "keep")) return Problem.Of(ProblemCode.NotFound, "There is no such token.");
        await caller.Identity.Webhooks.StopEndedAsync().ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static HashSet<Username>? Recipients(IReadOnlyList<string>? names)
    {
        if (names is null) return null;
        if (names.Count is 0 or > MaxRecipients) throw ProblemException.Invalid($"recipients: 1 to {MaxRecipients} usernames, or leave it out for anybody");
        return [.. names.Select(name => Username.TryParse(name, out var user) ? user : throw ProblemException.Invalid("recipients: a username is 3 to 32 characters of a-z, 0-9, _ and -"))];
    }

    private TokenView View(Token token) => TokenView.Of(token, clock.GetUtcNow());

    private sealed record NewToken(string Name, IReadOnlyList<string> Scopes, IReadOnlyList<string>? Recipients = null, DateTimeOffset? ExpiresAt = null);

    private sealed record TokenList(IReadOnlyList<TokenView> Tokens);
}

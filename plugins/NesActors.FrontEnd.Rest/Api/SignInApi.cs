using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NesActors.FrontEnd.Rest.Access;
using NesActors.FrontEnd.Rest.Access.Limits;
using NesActors.FrontEnd.Rest.Api.Description;
using NesActors.FrontEnd.Rest.Api.Views;

namespace NesActors.FrontEnd.Rest.Api;

/// <summary><c>/v1/sign-in</c>: a code of a link becomes a token. The one route of the API that needs none.</summary>
internal sealed class SignInApi(SignInCodes codes, RequestLimits limits, TimeProvider clock)
{
    /// <summary>Who signs in by a link seldom signs out.</summary>
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromDays(30);

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/sign-in", SignIn).WithName("signIn").WithTags("tokens").AllowAnonymous().Fails(ProblemCode.InvalidCode, ProblemCode.InvalidValue, ProblemCode.Conflict, ProblemCode.StorageUnavailable).Produces<MadeToken>(StatusCodes.Status201Created)
            .WithSummary("Exchanges the code of a sign-in link, once, for a token with all scopes that is good for 30 days");

    private IResult SignIn(NewSignIn wanted, HttpRequest request, HttpResponse response)
    {
        Parameters.Only(request);
        if (codes.Take(wanted.Code) is not { } identity)
        {
            if (!limits.TryBeWrong(request.HttpContext.Connection.RemoteIpAddress, out var retryAfter)) throw new ProblemException(ProblemCode.RateLimited, "Too many wrong codes.") { RetryAfter = retryAfter };
            response.Headers.WWWAuthenticate = Authentication.Challenge;
            return Problem.Of(ProblemCode.InvalidCode, "The code was used before, is too old, or was never given; nes serve --open gives another.");
        }
        if (identity.Tokens.Create("page", Scopes.All, null, clock.GetUtcNow() + TokenLifetime) is not { } made)
            return Problem.Of(ProblemCode.Conflict, $"There are {TokenStore.MaxTokens} tokens already: revoke some.");
        return TypedResults.Created($"/v1/tokens/{made.Token.Id}", new MadeToken(TokenView.Of(made.Token, clock.GetUtcNow()), made.Secret));
    }

    private sealed record NewSignIn(string Code)
    {
        /// <summary>Tells nothing of the code.</summary>
        public override string ToString() => "NewSignIn";
    }
}

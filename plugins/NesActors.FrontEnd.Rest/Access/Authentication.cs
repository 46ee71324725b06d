using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NesActors.FrontEnd.Rest.Access.Limits;
using NesActors.FrontEnd.Rest.Api;
using NesActors.FrontEnd.Rest.Hosting;

namespace NesActors.FrontEnd.Rest.Access;

/// <summary>
/// Finds out who asks. Who comes by an identity's socket is that user; by the network a token is needed (<c>Authorization: Bearer nes_…</c>, RFC 6750), and never taken from a URL, which is written
/// down in too many places.
/// </summary>
internal sealed class Authentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ServedIdentities identities, RequestLimits limits)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    /// <summary>What an answer 401 tells of how to come in.</summary>
    public const string Challenge = $"{SchemeName} realm=\"nes\"";

    /// <summary>The claim that stands for a scope.</summary>
    public const string ScopeClaim = "scope";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.Features.Get<SocketOf>() is { Identity: var owner }) return Task.FromResult(Enter(new Caller(owner, null)));
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0) return Task.FromResult(AuthenticateResult.NoResult());
        return Task.FromResult(
            header.StartsWith(SchemeName + " ", StringComparison.OrdinalIgnoreCase) && TokenSecret.HashOf(header[(SchemeName.Length + 1)..].Trim()) is { } hash && identities.Find(hash) is { } caller
                ? Enter(caller)
                : AuthenticateResult.Fail("unknown token"));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (!limits.TryBeWrong(Context.Connection.RemoteIpAddress, out var retryAfter)) return Problem.WriteAsync(Context, ProblemCode.RateLimited, "Too many requests without a valid token.", retryAfter);
        var isGiven = Request.Headers.Authorization.Count > 0;
        Response.Headers.WWWAuthenticate = isGiven ? $"{Challenge}, error=\"invalid_token\"" : Challenge;
        return Problem.WriteAsync(
            Context,
            ProblemCode.Unauthorized,
            isGiven ? "The token is not known here, has expired, or was revoked." : "Send a token in the header: Authorization: Bearer nes_… (nes tokens create makes one)");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problem.WriteAsync(Context, ProblemCode.Forbidden, $"The token has {string.Join(", ", Caller.Of(Context).Scopes.ToNames())}, and that is not enough for this.");

    private AuthenticateResult Enter(Caller caller)
    {
        Context.Features.Set(caller);
        var identity = new ClaimsIdentity(caller.Scopes.ToNames().Select(name => new Claim(ScopeClaim, name)), Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }
}

/// <summary>Marks a connection that came by the socket of an identity.</summary>
/// <param name="Identity">The identity.</param>
internal sealed record SocketOf(ServedIdentity Identity);

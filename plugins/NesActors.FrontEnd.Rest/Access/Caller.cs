using Microsoft.AspNetCore.Http;
using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Api;
using NesActors.FrontEnd.Rest.Hosting;
using NesActors.FrontEnd.Rest.Streams;

namespace NesActors.FrontEnd.Rest.Access;

/// <summary>Who asks: for which identity, and by what right.</summary>
/// <param name="Identity">The identity that all the request is about.</param>
/// <param name="Token">The token; <see langword="null"/>: it came by the identity's socket, and may do everything.</param>
internal sealed record Caller(ServedIdentity Identity, Token? Token)
{
    /// <summary>Is cancelled when the token is revoked or has expired: what is kept open by it ends then.</summary>
    public CancellationToken Ended { get; init; }

    /// <summary>What the caller may do.</summary>
    public Scope Scopes => Token?.Scopes ?? Access.Scopes.All;

    /// <summary>The session.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public IMessenger Messenger => Identity.Messenger ?? throw NoSession();

    /// <summary>The events of the session.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public EventFeed Feed => Identity.Feed ?? throw NoSession();

    /// <summary>Whether the caller may send to somebody.</summary>
    public bool MaySendTo(Username user) => Token?.MaySendTo(user) ?? true;

    /// <summary>Lets a route take the caller as a parameter. One that does must require a scope.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context));

    /// <summary>The caller of a request that was let in.</summary>
    public static Caller Of(HttpContext context) => context.Features.Get<Caller>() ?? throw new InvalidOperationException("A route that asks for its caller must require a scope.");

    private ProblemException NoSession() => new(ProblemCode.SessionUnavailable, $"No session of {Identity.User} runs here.");
}

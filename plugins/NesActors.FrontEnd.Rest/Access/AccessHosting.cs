using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace NesActors.FrontEnd.Rest.Access;

/// <summary>Who may do what, as ASP.NET Core's authorization knows it.</summary>
internal static class AccessHosting
{
    public static void AddAccess(this IServiceCollection services)
    {
        // Not AddAuthentication: that brings keys for cookies, which it writes into the home folder.
        services.AddAuthenticationCore(authentication => authentication.DefaultScheme = Authentication.SchemeName);
        services.AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, Authentication>(Authentication.SchemeName, null);
        var authorization = services.AddAuthorizationBuilder();
        foreach (var scope in Scopes.All.ToNames()) authorization.AddPolicy(scope, policy => policy.RequireClaim(Authentication.ScopeClaim, scope));
        authorization.AddPolicy(AnyScope, policy => policy.RequireAuthenticatedUser());
        // What says nothing is closed.
        authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    /// <summary>Lets in who has a scope.</summary>
    public static TBuilder Requires<TBuilder>(this TBuilder routes, Scope scope) where TBuilder : IEndpointConventionBuilder => routes.RequireAuthorization(scope.ToNames().Single());

    /// <summary>Lets in who has any token, or comes by a socket.</summary>
    public static TBuilder RequiresAnyScope<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder => routes.RequireAuthorization(AnyScope);

    private const string AnyScope = "any";
}

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NesActors.Contracts.FrontEnd;

namespace NesActors.FrontEnd.Rest.Access.Browsers;

/// <summary>The origins whose pages may use the gateway beside its own, and what browsers are told about them (CORS, https://fetch.spec.whatwg.org/#http-cors-protocol). Without any nothing is told.</summary>
internal sealed class AllowedOrigins
{
    private static readonly TimeSpan PreflightAge = TimeSpan.FromMinutes(10);

    private readonly HashSet<string> _all;

    /// <exception cref="GatewayException">One is no origin.</exception>
    public AllowedOrigins(IEnumerable<string> origins) => _all = new HashSet<string>(origins.Select(Normal), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a page of this origin may.</summary>
    public bool Contains(string origin) => _all.Contains(origin);

    /// <summary>What the web host must know before it is built.</summary>
    public void AddTo(IServiceCollection services)
    {
        if (_all.Count == 0) return;
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. _all])
            .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")
            .WithHeaders("Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID")
            .WithExposedHeaders("Location", "Retry-After")
            .SetPreflightMaxAge(PreflightAge)));
    }

    /// <summary>Behind routing, in front of authentication: a preflight has no token.</summary>
    public void Use(IApplicationBuilder web)
    {
        if (_all.Count > 0) web.UseCors();
    }

    private static string Normal(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address is { PathAndQuery: "/", UserInfo: "", Fragment: "" } && BrowserHost.IsGood(address)
            ? $"{address.Scheme}://{BrowserHost.Of(address)}{(address.IsDefaultPort ? "" : $":{address.Port}")}"
            : throw new GatewayException($"an origin is https:// or http:// and a host, without a path: {origin}");
}

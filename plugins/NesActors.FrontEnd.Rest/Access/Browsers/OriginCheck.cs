using Microsoft.AspNetCore.Http;
using NesActors.FrontEnd.Rest.Api;

namespace NesActors.FrontEnd.Rest.Access.Browsers;

/// <summary>
/// Refuses what pages of other sites send. Browsers say in <c>Origin</c> (RFC 6454) whose page it is wherever it could change something or be read, with WebSockets too, and in <c>Sec-Fetch-Site</c>
/// (https://www.w3.org/TR/fetch-metadata/) how far it is from here; programs send neither. To a socket of the file system no browser comes: who brings an Origin there has opened it to one.
/// </summary>
/// <param name="allowed">The origins of the settings.</param>
/// <param name="hosts">Knows the names of the gateway.</param>
internal sealed class OriginCheck(AllowedOrigins allowed, HostCheck? hosts)
{
    /// <summary>Behind <see cref="HostCheck"/>, in front of all else.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next) => IsAllowed(context)
        ? next(context)
        : Problem.WriteAsync(context, ProblemCode.OriginNotAllowed, "Pages of another origin may not use this server, unless --origin names it.");

    private bool IsAllowed(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.Origin is not { Count: > 0 } origins) return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || !IsFromElsewhere(request);
        if (origins is not [{ Length: > 0 } origin] || context.Features.Get<SocketOf>() is not null) return false;
        return IsOwn(request, origin) || allowed.Contains(origin);
    }

    /// <summary>By this very address; or by https under a name of the settings, for a proxy in front does TLS.</summary>
    private bool IsOwn(HttpRequest request, string origin)
    {
        var host = request.Host.ToUriComponent();
        return origin.Equals($"{request.Scheme}://{host}", StringComparison.OrdinalIgnoreCase) || (hosts?.IsNamed(request.Host) == true && origin.Equals($"https://{host}", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsFromElsewhere(HttpRequest request) => request.Headers["Sec-Fetch-Site"] is { Count: > 0 } sites && sites is not ["same-origin"] and not ["none"];
}

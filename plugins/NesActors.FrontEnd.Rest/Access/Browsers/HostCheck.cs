using System.Net;
using Microsoft.AspNetCore.Http;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Rest.Api;

namespace NesActors.FrontEnd.Rest.Access.Browsers;

/// <summary>
/// Answers to the gateway's own names alone: the address that the client reached, <c>localhost</c> on loopback, and the names of the settings. A page of another site that lets its own name point here
/// (DNS rebinding) is told apart by it, for the browser sends that name. Ports are not compared: a proxy in front may have another.
/// </summary>
internal sealed class HostCheck
{
    private readonly HashSet<string> _names;

    /// <param name="network">Names the others.</param>
    /// <exception cref="GatewayException">One of the names is none.</exception>
    public HostCheck(GatewayNetwork network) => _names = [.. network.Hosts.Select(Normal)];

    /// <summary>Stands in front of all that is answered by the network; a socket of the file system has no name to be reached by.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<SocketOf>() is not null) return next(context);
        var host = context.Request.Host;
        return IsReachedAs(host, context.Connection.LocalIpAddress) || IsNamed(host)
            ? next(context)
            : Problem.WriteAsync(context, ProblemCode.HostNotAllowed, "Use the address that this server told when it started; other names are to be given to it by --host.");
    }

    /// <summary>Whether the settings name it. ASP.NET Core shows names of other alphabets in their own letters; browsers, and we, in ASCII.</summary>
    public bool IsNamed(HostString host) => host.HasValue && _names.Contains(new HostString(host.Host).ToUriComponent().ToLowerInvariant());

    private static bool IsReachedAs(HostString host, IPAddress? local)
    {
        if (!host.HasValue || local is null) return false;
        var here = local.IsIPv4MappedToIPv6 ? local.MapToIPv4() : local;
        var isLoopback = IPAddress.IsLoopback(here);
        if (host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)) return isLoopback;
        return IPAddress.TryParse(host.Host, out var address) && (address.Equals(here) || (isLoopback && (address.Equals(IPAddress.Loopback) || address.Equals(IPAddress.IPv6Loopback))));
    }

    private static string Normal(string name) =>
        Uri.CheckHostName(name) != UriHostNameType.Unknown
        && Uri.TryCreate($"http://{(name.Contains(':', StringComparison.Ordinal) && name[0] != '[' ? $"[{name}]" : name)}", UriKind.Absolute, out var address) && BrowserHost.IsGood(address)
            ? BrowserHost.Of(address)
            : throw new GatewayException($"a host is a name or an IP address, without a port: {name}");
}

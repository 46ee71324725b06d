using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using NesActors.FrontEnd.Rest.Access;
using IPNetwork = System.Net.IPNetwork;

namespace NesActors.FrontEnd.Rest.Hosting;

/// <summary>Takes a client's address and scheme from the headers of the proxies in front, and from nobody else's. The name by which it is reached is never taken from them.</summary>
internal static class ForwardedFrom
{
    /// <summary>In front of all that asks for either.</summary>
    /// <param name="web">The application.</param>
    /// <param name="proxies">The proxies; without any nothing is taken.</param>
    public static void Use(IApplicationBuilder web, IReadOnlyList<IPNetwork> proxies)
    {
        if (proxies.Count == 0) return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // As many as there are: the list is walked from its end, and stops at the first address that is no proxy of ours.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies) options.KnownIPNetworks.Add(proxy);
        // Who comes by a socket of the file system has no address, and the middleware believes whoever has none.
        web.UseWhen(context => context.Features.Get<SocketOf>() is null, network => network.UseForwardedHeaders(options));
    }
}

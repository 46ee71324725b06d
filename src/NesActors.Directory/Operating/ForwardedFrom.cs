using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;

namespace NesActors.Directory.Operating;

/// <summary>Takes a client's address and scheme from the headers of the proxies in front, and from nobody else's.</summary>
internal static class ForwardedFrom
{
    public static void Use(IApplicationBuilder web, IReadOnlyList<System.Net.IPNetwork> proxies)
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
        web.UseForwardedHeaders(options);
    }
}

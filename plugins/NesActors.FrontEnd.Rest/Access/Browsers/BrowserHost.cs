namespace NesActors.FrontEnd.Rest.Access.Browsers;

/// <summary>The host of an address as a browser writes it: in lower case, in ASCII, an IPv6 address in brackets.</summary>
internal static class BrowserHost
{
    public static string Of(Uri address) => address.HostNameType == UriHostNameType.IPv6 ? address.Host : address.IdnHost.ToLowerInvariant();

    /// <summary>Whether it has a host that can be reached at all.</summary>
    public static bool IsGood(Uri address) => address.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;
}

using System.Net;
using NesActors.FrontEnd.Rest.Api;

namespace NesActors.FrontEnd.Rest.Webhooks;

/// <summary>What an address must be to be registered.</summary>
internal static class WebhookUrl
{
    private const int MaxLength = 2048;

    /// <summary>Reads an address.</summary>
    /// <param name="text">As it was sent.</param>
    /// <param name="mayBePrivate">Whether it may be on this machine or in a private network. Where a name leads is seen at each connection, see <see cref="CheckedConnector"/>.</param>
    /// <exception cref="ProblemException">It is none that can be called.</exception>
    public static Uri Parse(string text, bool mayBePrivate)
    {
        if (text.Length > MaxLength || !text.All(IsVisible) || !Uri.TryCreate(text, UriKind.Absolute, out var url) || !IsWeb(url))
            throw ProblemException.Invalid($"url: an address https:// or http:// with a host, in ASCII without blanks, of {MaxLength} characters at most");
        if (url.UserInfo.Length > 0) throw ProblemException.Invalid("url: without a user and password in it; the signature tells the receiver who calls");
        if (text.Contains('#', StringComparison.Ordinal)) throw ProblemException.Invalid("url: without a fragment (#...), which is never sent");
        if (url.Port == 0) throw ProblemException.Invalid("url: a port from 1 to 65535");
        if (!mayBePrivate && IsPrivate(url))
            throw ProblemException.Invalid("url: its host is at an address of this machine or of a private network, and such are called only where nes serve allows it (--allow-private-webhooks)");
        return url;
    }

    private static bool IsVisible(char character) => character is > ' ' and < '\x7f';

    private static bool IsWeb(Uri url) =>
        (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp) && url.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6 && url.Host.Length > 0;

    private static bool IsPrivate(Uri url)
    {
        if (IPAddress.TryParse(url.DnsSafeHost, out var address)) return !PublicAddress.Is(address);
        // RFC 6761: these are this machine, whatever is asked for them.
        var name = url.DnsSafeHost.TrimEnd('.');
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }
}

using NesActors.Contracts.Transport;

namespace NesActors.Transport.Mqtt;

/// <summary>Where a broker is, and what it is spoken to through.</summary>
/// <param name="Host">A name or an IP address, without brackets.</param>
/// <param name="Port">The TCP port.</param>
/// <param name="UseTls">Whether TLS comes first.</param>
/// <param name="WebSocket">The whole address of a WebSocket; <see langword="null"/> for plain TCP.</param>
internal sealed record MqttAddress(string Host, int Port, bool UseTls, Uri? WebSocket)
{
    private static readonly Dictionary<string, (int Port, bool UseTls, string? WebSocket)> Schemes = new(StringComparer.Ordinal)
    {
        ["mqtt"] = (1883, false, null),
        ["tcp"] = (1883, false, null),
        ["mqtts"] = (8883, true, null),
        ["ssl"] = (8883, true, null),
        ["tls"] = (8883, true, null),
        ["ws"] = (80, false, "ws"),
        ["wss"] = (443, true, "wss"),
    };

    /// <summary>Reads an address.</summary>
    /// <exception cref="TransportException">It is none of a broker.</exception>
    public static MqttAddress Parse(Uri address)
    {
        if (!address.IsAbsoluteUri || !Schemes.TryGetValue(address.Scheme, out var scheme))
        {
            throw Wrong("The address of the broker must begin with one of mqtt://, tcp://, mqtts://, ssl://, tls://, ws:// and wss://.");
        }
        if (address.UserInfo.Length > 0) throw Wrong("The address of the broker holds a user or a password; they belong in the settings beside it.");
        if (address.Host.Length == 0) throw Wrong($"The address of the broker names no host; write {address.Scheme}://HOST.");
        if (address.Port == 0) throw Wrong("The address of the broker has port 0; leave the port away for the usual one.");
        if (address.Fragment.Length > 0) throw Wrong("The address of the broker has a part behind #, which means nothing there.");

        var port = address.Port < 0 ? scheme.Port : address.Port;
        if (scheme.WebSocket is not null) return new MqttAddress(address.IdnHost, port, scheme.UseTls, address);
        if (address.AbsolutePath is not ("" or "/") || address.Query.Length > 0)
        {
            throw Wrong($"The address of the broker has a path; only ws:// and wss:// have one. Write {address.Scheme}://{address.Authority}.");
        }
        return new MqttAddress(address.IdnHost, port, scheme.UseTls, null);
    }

    /// <summary>Host and port, for messages.</summary>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    private static TransportException Wrong(string message) => new(TransportFailure.Misconfigured, message);
}

using System.Net;

namespace NesActors.Cli.Settings;

/// <summary>The setting that names the proxies in front of a server.</summary>
internal static class ProxyAddresses
{
    /// <summary>Reads it: addresses and networks, with commas between.</summary>
    /// <exception cref="CliException">One is neither.</exception>
    public static IReadOnlyList<IPNetwork> Of(SettingValue value)
    {
        var networks = new List<IPNetwork>();
        foreach (var part in value.Text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(part, out var address)) networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else if (IPNetwork.TryParse(part, out var network)) networks.Add(network);
            else throw value.Wrong("expected addresses like 127.0.0.1 or networks like 10.0.0.0/8, separated by commas");
        }
        return networks;
    }
}

namespace NesActors.Plugins;

/// <summary>Which contract versions fit together. See <c>docs/adr/0002-contract-version.md</c>.</summary>
internal static class ContractRule
{
    /// <summary>Why a plugin built for one version cannot be used by a host of another; <see langword="null"/> where it can.</summary>
    public static string? Objection(Version plugin, Version host)
    {
        if (plugin.Major == host.Major && plugin.Minor == host.Minor) return null;
        if (host.Major >= 1 && plugin.Major == host.Major && plugin.Minor < host.Minor) return null;
        return IsNewer(plugin, host)
            ? $"it is built for contract {plugin.ToString(2)}, newer than this program's {host.ToString(2)}: it needs a newer program"
            : $"it is built for contract {plugin.ToString(2)}, older than this program's {host.ToString(2)}: it must be built anew";
    }

    private static bool IsNewer(Version plugin, Version host) => (plugin.Major, plugin.Minor).CompareTo((host.Major, host.Minor)) > 0;
}

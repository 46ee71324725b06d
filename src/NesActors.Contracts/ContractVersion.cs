using System.Reflection;

namespace NesActors.Contracts;

/// <summary>The version of this contract: <c>major.minor</c>. Before 1.0 every change of a contract type is a new version, and host and plugin must have the same.</summary>
public static class ContractVersion
{
    /// <summary>The version that this assembly was built as, as written in a plugin's <c>plugin.json</c> under <c>contract</c>.</summary>
    public static Version Current { get; } = Version.Parse(
        typeof(ContractVersion).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "NesContractVersion").Value!);
}

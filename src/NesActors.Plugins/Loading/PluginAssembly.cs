using System.Reflection;
using System.Runtime.Loader;
using McMaster.NETCore.Plugins.Loader;
using NesActors.Contracts;
using NesActors.Plugins.Manifest;

namespace NesActors.Plugins.Loading;

/// <summary>
/// Loads a plugin's dll into a load context of its own. The contract alone is shared with the program; what else the plugin needs comes from
/// its folder, in the plugin's version, also where the program has another; the framework comes from the program.
/// </summary>
internal static class PluginAssembly
{
    private static readonly AssemblyName Contract = typeof(ContractVersion).Assembly.GetName();

    /// <summary>Loads the dll and checks what it was really built against, whatever its <c>plugin.json</c> says.</summary>
    public static Assembly Load(PluginManifest manifest, string folder)
    {
        // The library's PluginLoader would do the same with ten times the cost at the first call.
        var path = Path.Combine(folder, manifest.Id + ".dll");
        var context = new AssemblyLoadContextBuilder()
            .SetMainAssemblyPath(path)
            .SetDefaultContext(AssemblyLoadContext.GetLoadContext(typeof(ContractVersion).Assembly)!)
            .IsLazyLoaded(true)
            .PreferDefaultLoadContextAssembly(Contract)
            .Build();
        var assembly = context.LoadFromAssemblyPath(path);
        if (ContractOf(assembly) is { } built && ContractRule.Objection(built, ContractVersion.Current) is { } reason)
            throw new PluginException($"{reason} ({PluginManifest.FileName} says {manifest.Contract.ToString(2)}, and its dll otherwise)");
        return assembly;
    }

    /// <summary>Looks for every assembly that the plugin's own names, as its code would when it first needs one.</summary>
    public static void LoadReferences(Assembly assembly)
    {
        var context = AssemblyLoadContext.GetLoadContext(assembly)!;
        foreach (var reference in assembly.GetReferencedAssemblies()) context.LoadFromAssemblyName(reference);
    }

    /// <summary>The assembly version of the contract is its contract version, by <c>docs/adr/0002-contract-version.md</c>.</summary>
    private static Version? ContractOf(Assembly assembly) =>
        assembly.GetReferencedAssemblies().FirstOrDefault(reference => reference.Name == Contract.Name)?.Version;
}

using System.Reflection;

namespace NesActors.Plugins.Loading;

/// <summary>Finds the one class by which a plugin does what its kind asks for.</summary>
internal static class Implementation
{
    /// <exception cref="PluginException">There is none, or more than one, or it cannot be made.</exception>
    public static ConstructorInfo Find(Assembly assembly, PluginKind kind)
    {
        var candidates = assembly.GetExportedTypes().Where(IsConcrete).ToArray();
        var contract = kind.ContractType();
        return candidates.Where(contract.IsAssignableFrom).ToArray() switch
        {
            [var only] => only.GetConstructor(Type.EmptyTypes) ??
                throw new PluginException($"{only.FullName} has no public constructor without parameters"),
            [] => throw new PluginException(Nothing(candidates, kind)),
            var several => throw new PluginException(
                $"it has several public classes that implement {contract.Name}, and must have one: {string.Join(", ", several.Select(type => type.FullName))}"),
        };
    }

    private static bool IsConcrete(Type type) => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false };

    private static string Nothing(Type[] candidates, PluginKind kind)
    {
        var other = PluginKinds.All.FirstOrDefault(other => candidates.Any(other.ContractType().IsAssignableFrom), kind);
        var reason = $"it has no public class that implements {kind.ContractType().Name}";
        return other == kind ? reason : $"{reason}, and one that implements {other.ContractType().Name}: its kind is {other.ToText()}, not {kind.ToText()}";
    }
}

using System.Reflection;
using System.Runtime.CompilerServices;

namespace NesActors.Architecture.Tests;

public sealed class TypeTests
{
    private static readonly IReadOnlyList<Type> Types = [.. OurAssemblies.All.SelectMany(assembly => assembly.GetTypes()).Where(IsWritten)];

    [Fact]
    public void Every_class_is_sealed_unless_something_derives_from_it()
    {
        var bases = Types.Select(type => Open(type.BaseType)).ToHashSet();

        Assert.Empty(Types.Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && !bases.Contains(type)).Select(type => type.FullName));
    }

    [Fact]
    public void No_record_of_the_contract_can_be_changed_after_it_was_made()
    {
        var contract = Types.Where(type => type.Assembly.GetName().Name == "NesActors.Contracts");
        var setters = contract.SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)).Select(property => property.SetMethod).OfType<MethodInfo>();

        Assert.Empty(setters.Where(setter => !IsInit(setter)).Select(setter => $"{setter.DeclaringType}.{setter.Name}"));
    }

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static Type? Open(Type? type) => type is { IsGenericType: true } ? type.GetGenericTypeDefinition() : type;

    /// <summary>By a person: closures, state machines and the class around a program's first lines are not.</summary>
    private static bool IsWritten(Type type) =>
        !type.Name.Contains('<', StringComparison.Ordinal)
        && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
        && type != type.Assembly.EntryPoint?.DeclaringType
        && (type.DeclaringType is null || IsWritten(type.DeclaringType));
}

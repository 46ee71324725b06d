using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NesActors.Architecture.Tests;

/// <summary>The members of other assemblies that an assembly's code names, by its metadata: comments and names alike cannot mislead.</summary>
internal static class CalledMembers
{
    /// <summary>Each as <c>Namespace.Type.Member</c>; a property's getter as <c>get_Property</c>, a generic type as <c>Type`1</c>.</summary>
    public static IReadOnlySet<string> Of(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        return metadata.MemberReferences
            .Select(metadata.GetMemberReference)
            .Select(member => $"{TypeName(metadata, member.Parent)}.{metadata.GetString(member.Name)}")
            .ToHashSet(StringComparer.Ordinal);
    }

    private static string TypeName(MetadataReader metadata, EntityHandle type)
    {
        if (type.Kind == HandleKind.TypeSpecification) return TypeName(metadata, Definition(metadata, (TypeSpecificationHandle)type));
        if (type.Kind != HandleKind.TypeReference) return "";
        var reference = metadata.GetTypeReference((TypeReferenceHandle)type);
        return $"{metadata.GetString(reference.Namespace)}.{metadata.GetString(reference.Name)}";
    }

    /// <summary>The open type of a generic one. ECMA-335, II.23.2.14: GENERICINST, CLASS or VALUETYPE, the type.</summary>
    private static EntityHandle Definition(MetadataReader metadata, TypeSpecificationHandle type)
    {
        var signature = metadata.GetBlobReader(metadata.GetTypeSpecification(type).Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance) return default;
        signature.ReadByte();
        return signature.ReadTypeHandle();
    }
}

using System.Xml.Linq;
using NesActors.Contracts;

namespace NesActors.Architecture.Tests;

/// <summary>What the contract promises to plugins. See <c>docs/adr/0002-contract-version.md</c>.</summary>
public sealed class ContractTests
{
    [Fact]
    public void Its_assembly_version_is_its_contract_version_whatever_the_programs_version_is() =>
        Assert.Equal(Version.Parse($"{ContractVersion.Current.ToString(2)}.0.0"), typeof(ContractVersion).Assembly.GetName().Version);

    [Fact]
    public void Every_public_type_says_what_it_is()
    {
        var documentation = XDocument.Load(Path.ChangeExtension(typeof(ContractVersion).Assembly.Location, ".xml"));
        var documented = documentation.Descendants("member")
            .Where(member => !string.IsNullOrWhiteSpace(member.Element("summary")?.Value))
            .Select(member => member.Attribute("name")!.Value)
            .ToHashSet();

        Assert.Empty(typeof(ContractVersion).Assembly.GetExportedTypes().Select(type => $"T:{type.FullName!.Replace('+', '.')}").Except(documented));
    }
}

using System.Text.Json;
using System.Xml.Linq;
using NesActors.Contracts;

namespace NesActors.Architecture.Tests;

/// <summary>The samples of plugins: short, built as a stranger would build them, and no part of the program.</summary>
public sealed class SampleTests
{
    private const int MaxLines = 150;

    public static TheoryData<string> Samples { get; } = [.. System.IO.Directory.GetFiles(Repository.Samples, "*.csproj", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Is_short_enough_to_be_read_at_once(string id)
    {
        var code = Repository.Sources(Path.Combine("plugins", "samples", id)).SelectMany(source => source.Text.Split('\n')).Select(line => line.Trim())
            .Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal) && !line.StartsWith("using ", StringComparison.Ordinal));

        Assert.InRange(code.Count(), 1, MaxLines);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Knows_of_this_repository_the_contract_alone(string id)
    {
        var project = XDocument.Load(Path.Combine(Repository.Samples, id, id + ".csproj"));

        Assert.Equal("$(NesActors)/src/NesActors.Contracts/NesActors.Contracts.csproj", Assert.Single(project.Descendants("ProjectReference")).Attribute("Include")?.Value);
        Assert.Empty(project.Descendants("Import"));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Is_built_for_the_contract_of_today(string id)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Samples, id, "plugin.json")));

        Assert.Equal(ContractVersion.Current.ToString(2), manifest.RootElement.GetProperty("contract").GetString());
        Assert.Equal(id, manifest.RootElement.GetProperty("id").GetString());
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Does_not_come_with_the_program(string id) =>
        Assert.False(System.IO.Directory.Exists(Path.Combine(Repository.Root, "src", "NesActors.Cli", "bin", Repository.Build, "plugins", id)));
}

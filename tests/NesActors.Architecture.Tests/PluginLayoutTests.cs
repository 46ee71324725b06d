using System.Reflection;
using System.Text.Json;
using NesActors.Contracts;

namespace NesActors.Architecture.Tests;

/// <summary>The plugins' folders in the repository, and beside the built program.</summary>
public sealed class PluginLayoutTests
{
    public static TheoryData<string> Ids { get; } = [.. OurAssemblies.OfPlugins.Select(OurAssemblies.Name)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_manifest_says_what_was_built(string id)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "plugins", id, "plugin.json")));

        Assert.Equal(id, manifest.RootElement.GetProperty("id").GetString());
        Assert.Equal(ContractVersion.Current.ToString(2), manifest.RootElement.GetProperty("contract").GetString());
        Assert.Equal(ProgramVersion(), manifest.RootElement.GetProperty("version").GetString());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_program_has_the_plugin_beside_it(string id)
    {
        var folder = Path.Combine(Repository.Root, "src", "NesActors.Cli", "bin", Repository.Build, "plugins", id);
        var files = new DirectoryInfo(folder).EnumerateFiles().Select(file => file.Name).ToList();

        Assert.Contains($"{id}.dll", files);
        Assert.Contains("plugin.json", files);
        Assert.DoesNotContain("NesActors.Contracts.dll", files);
    }

    /// <summary>Without the commit that the build may add.</summary>
    private static string ProgramVersion() =>
        OurAssemblies.OfSource.Single(assembly => OurAssemblies.Name(assembly) == OurAssemblies.NesProgram)
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}

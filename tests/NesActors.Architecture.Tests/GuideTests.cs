using System.Text.RegularExpressions;

namespace NesActors.Architecture.Tests;

/// <summary>What a stranger starts from: the guide and the template hold the code of the samples, which is built and tested.</summary>
public sealed partial class GuideTests
{
    private static readonly string Guide = Path.Combine(Repository.Root, "docs", "adding-a-plugin.md");
    private static readonly string Template = Path.Combine(Repository.Root, "templates", "nes-plugin");

    /// <summary>In what the template's files differ from the samples': its own name, the name that it provides, and that of its classes.</summary>
    private static readonly Dictionary<string, (string Folder, (string Sample, string Template)[] Changes)> Templates = new()
    {
        ["Sample.Suite"] = ("suite", [("namespace Sample.Suite", "namespace Nes_Plugin"), ("Sample.Suite", "Nes-Plugin"), ("sample1", "nesname"), ("Sample", "My")]),
        ["Sample.Folder"] = ("transport", [("namespace Sample.Folder", "namespace Nes_Plugin"), ("Sample.Folder", "Nes-Plugin"), ("\"folder\"", "\"nesname\""), ("folder:///", "nesname:///")]),
    };

    public static TheoryData<string> Files { get; } =
        [.. Repository.Files("*", Path.Combine("plugins", "samples")).Select(file => Path.GetRelativePath(Repository.Samples, file)).Where(IsPartOfASample)];

    public static TheoryData<string> TemplateFiles { get; } =
        [.. Repository.Files("*", Path.Combine("plugins", "samples")).Select(file => Path.GetRelativePath(Repository.Samples, file)).Where(file => IsPartOfASample(file) && !file.EndsWith(".csproj", StringComparison.Ordinal) && Templates.ContainsKey(SampleOf(file)))];

    [Theory]
    [MemberData(nameof(Files))]
    public void The_guide_shows_the_sample_as_it_is(string file)
    {
        var shown = Blocks().Matches(File.ReadAllText(Guide)).SingleOrDefault(block => block.Groups["file"].Value == file.Replace('\\', '/'));

        Assert.True(shown is not null, $"The guide does not show {file}.");
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Samples, file)).TrimEnd('\n'), shown.Groups["text"].Value);
    }

    [Theory]
    [MemberData(nameof(TemplateFiles))]
    public void The_template_is_the_sample_under_other_names(string file)
    {
        var (folder, changes) = Templates[SampleOf(file)];
        var name = Path.GetFileName(file);
        var expected = changes.Aggregate(File.ReadAllText(Path.Combine(Repository.Samples, file)), (text, change) => text.Replace(change.Sample, change.Template, StringComparison.Ordinal));

        Assert.Equal(expected, File.ReadAllText(Path.Combine(Template, folder, name.Replace("Sample", "My", StringComparison.Ordinal))));
    }

    [Fact]
    public void The_template_has_beside_these_its_project_and_its_description_alone() =>
        Assert.Equal(TemplateFiles.Count + 2, Repository.Files("*", Path.Combine("templates", "nes-plugin")).Count());

    private static string SampleOf(string file) => Path.GetDirectoryName(file)!;

    private static bool IsPartOfASample(string file) => SampleOf(file).Length > 0 && Path.GetFileName(file) != "packages.lock.json";

    [GeneratedRegex(@"^```\w+ file=(?<file>\S+)\n(?<text>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();
}

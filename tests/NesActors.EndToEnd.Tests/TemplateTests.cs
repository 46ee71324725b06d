using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using NesActors.EndToEnd.Tests.Support;

namespace NesActors.EndToEnd.Tests;

/// <summary>The template, as a stranger uses it: installed, made into a project, published among plugins, and loaded by the program.</summary>
public sealed class TemplateTests : IDisposable
{
    private static readonly string Repository = typeof(TemplateTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Repository").Value!;

    private readonly DirectoryInfo _home = System.IO.Directory.CreateTempSubdirectory("nes-template-");

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public async Task What_it_makes_is_built_and_loaded()
    {
        var plugins = Path.Combine(_home.FullName, "plugins");
        await NewAsync("install", Path.Combine(Repository, "templates", "nes-plugin"));

        foreach (var (kind, id, name) in (IReadOnlyList<(string, string, string)>)[("suite", "my-Cipher", "cipher1"), ("transport", "My.Carrier", "carry")])
        {
            await NewAsync("nes-plugin", "--kind", kind, "-n", id, "--provides", name, "--nesactors", Repository);
            await DotnetAsync("publish", id, "-c", "Debug", "-o", Path.Combine(plugins, id), "--nologo", "-p:UseSharedCompilation=false");
        }

        var listed = (await new NesProgram(_home.FullName).SucceedAsync("plugins", "--json", "--plugins", plugins)).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).Where(line => line.GetProperty("folder").GetString()!.StartsWith(plugins, StringComparison.Ordinal));
        Assert.Equal(
            [("My.Carrier", "transport", "carry", "loaded"), ("my-Cipher", "suite", "cipher1", "loaded")],
            listed.Select(line => (line.GetProperty("plugin").GetString(), line.GetProperty("kind").GetString(), line.GetProperty("provides")[0].GetString(), line.GetProperty("state").GetString())));
    }

    private Task NewAsync(params string[] arguments) => DotnetAsync(["new", .. arguments, "--debug:custom-hive", Path.Combine(_home.FullName, "hive")]);

    private async Task DotnetAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = _home.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        // Whatever outlives the command would keep its output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}{await error}");
    }
}

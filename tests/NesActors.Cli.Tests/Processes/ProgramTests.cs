using System.Diagnostics;
using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;
using NesActors.Testing;

namespace NesActors.Cli.Tests.Processes;

/// <summary>The real program, as a process of its own.</summary>
public sealed class ProgramTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _home = System.IO.Directory.CreateTempSubdirectory("nes-process-test-").FullName;

    [Fact]
    public async Task Prints_its_version()
    {
        var (code, output, error) = await RunAsync("version");
        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Matches(@"\A\d+\.\d+\.\d+\n\z", output);
    }

    [Fact]
    public async Task Exits_with_1_and_one_line_for_what_makes_no_sense()
    {
        var (code, output, error) = await RunAsync("frobnicate");
        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task Uses_the_home_of_the_environment()
    {
        Assert.Equal(ExitCode.Done, (await RunAsync("config", "-S", "-u", "bob")).Code);
        Assert.True(File.Exists(Path.Combine(_home, ".nes", "config")));
    }

    [Fact]
    public async Task Finds_its_plugins_beside_itself()
    {
        var (code, output, error) = await RunAsync("plugins");
        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Contains("NesActors.Crypto.RsaAes", output);
    }

    [UnixFact]
    public async Task Ends_quietly_when_nobody_reads_its_output_any_more()
    {
        using var process = Start("config", "-s");
        process.StandardOutput.Close();
        var error = await process.StandardError.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal((ExitCode.Done, ""), (process.ExitCode, error));
    }

    [RealPartFact("kill")]
    public async Task A_server_ends_well_when_the_system_asks_for_it()
    {
        using var process = Start("broker", "--listen", "mqtt://127.0.0.1:0");
        Assert.StartsWith("broker: mqtt://127.0.0.1:", await process.StandardOutput.ReadLineAsync().WaitAsync(Patience), StringComparison.Ordinal);
        using var kill = Process.Start(RealParts.Require("kill"), ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(ExitCode.Done, process.ExitCode);
    }

    public void Dispose() => System.IO.Directory.Delete(_home, recursive: true);

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "nes.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = _home;
        return Process.Start(start)!;
    }

    private async Task<(int Code, string Out, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output, await error);
    }
}

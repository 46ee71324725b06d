using System.Diagnostics;
using System.Reflection;

namespace NesActors.EndToEnd.Tests.Support;

/// <summary>The real program, started as processes with a home folder of their own.</summary>
internal sealed class NesProgram(string home)
{
    /// <summary>The program as the build made it.</summary>
    public static string Path { get; } = typeof(NesProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "NesProgram").Value!;

    /// <summary>What its environment holds beside the usual.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Starts a command and leaves it running.</summary>
    public NesProcess Start(params string[] arguments) => NesProcess.Start(StartInfo(arguments));

    /// <summary>Runs a command to its end.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="input">What stands on its standard input.</param>
    public async Task<NesResult> RunAsync(string[] arguments, string input = "")
    {
        await using var process = Start(arguments);
        await process.WriteAsync(input);
        process.CloseInput();
        var exitCode = await process.ExitAsync();
        return new NesResult(exitCode, process.Output, process.Error);
    }

    /// <summary>Runs a command that must succeed.</summary>
    public async Task<NesResult> SucceedAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        return result.ExitCode == 0
            ? result
            : throw new InvalidOperationException($"nes {string.Join(' ', arguments)} ended with {result.ExitCode}:\n{result.Output}\n{result.Error}");
    }

    private ProcessStartInfo StartInfo(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["HOME"] = home;
        start.Environment["TZ"] = "UTC";
        foreach (var name in start.Environment.Keys.Where(IsSetting).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        return start;
    }

    /// <summary>Settings of whoever runs the tests must not reach the program.</summary>
    private static bool IsSetting(string name) =>
        name.StartsWith("MQTT_", StringComparison.Ordinal) || name.StartsWith("PUBKEY_", StringComparison.Ordinal)
        || name.StartsWith("NES_", StringComparison.Ordinal) || name.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase);
}

/// <summary>How a command ended, and what it wrote.</summary>
internal sealed record NesResult(int ExitCode, string Output, string Error);

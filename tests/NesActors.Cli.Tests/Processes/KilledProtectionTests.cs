using System.Diagnostics;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Tests.Processes;

/// <summary>The real program, killed while it protects keys or takes them from under their passphrase.</summary>
public sealed class KilledProtectionTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _home = System.IO.Directory.CreateTempSubdirectory("nes-killed-test-").FullName;

    public void Dispose() => System.IO.Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task The_identity_can_be_used_wherever_it_was_killed()
    {
        Assert.Equal(ExitCode.Done, await RunAsync("generate", "-q"));
        await AssertSameAsync("first");
        // After so many lines of progress: what the step does that the last one names may be done, half done, or not begun.
        for (var lines = 1; lines <= 3; lines++)
        {
            await KillAsync(lines, "keys", "protect");
            await AssertSameAsync($"protect-{lines}");
            Assert.Equal(ExitCode.Done, await RunAsync("keys", "protect", "-q"));
            Assert.False(File.Exists(Path.Combine(_home, ".nes", "amy-rsa-sign")));

            await KillAsync(lines, "keys", "unprotect");
            await AssertSameAsync($"unprotect-{lines}");
            if (File.Exists(Path.Combine(_home, ".nes", "amy-keyring"))) Assert.Equal(ExitCode.Done, await RunAsync("keys", "unprotect", "-q"));
            Assert.True(File.Exists(Path.Combine(_home, ".nes", "amy-rsa-sign")));
        }
    }

    /// <summary>By the keys that it writes for the original: it has to read, unlock and check them for that.</summary>
    private async Task AssertSameAsync(string name)
    {
        Assert.Equal(ExitCode.Done, await RunAsync("keys", "export-legacy", "-q", "--out", Path.Combine(_home, name)));
        foreach (var file in System.IO.Directory.GetFiles(Path.Combine(_home, "first")))
            Assert.Equal(await File.ReadAllBytesAsync(file), await File.ReadAllBytesAsync(Path.Combine(_home, name, Path.GetFileName(file))));
    }

    private async Task KillAsync(int lines, params string[] arguments)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var process = Start(arguments);
        try
        {
            for (var read = 0; read < lines && await process.StandardError.ReadLineAsync(limit.Token) is not null;) read++;
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(limit.Token);
        }
    }

    private async Task<int> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var streams = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        await streams;
        return process.ExitCode;
    }

    private Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "nes.dll"), .. arguments, "-u", "amy"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = _home;
        start.Environment["NES_PASSPHRASE"] = "correct horse battery staple";
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}

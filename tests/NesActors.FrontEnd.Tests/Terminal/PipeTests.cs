using System.Diagnostics;
using NesActors.Testing;

namespace NesActors.FrontEnd.Tests.Terminal;

/// <summary>The program between real pipes.</summary>
public sealed class PipeTests
{
    [RealPartFact("sh", "head")]
    public async Task Ends_quietly_when_its_reader_has_seen_enough()
    {
        // The chat's lines are echoed without end; head takes one of them.
        var (output, errors) = await RunAsync($"(yes hello | {ChatHostProgram.Command} chat bob; echo code $? >&2) | head -1");
        Assert.Matches(@"^\[\d\d:\d\d:\d\d\] bob > echo: hello\n$", output);
        Assert.EndsWith("code 0\n", errors, StringComparison.Ordinal);
    }

    [RealPartFact("sh")]
    public async Task Sends_the_lines_of_its_input_and_ends_with_them()
    {
        var (_, errors) = await RunAsync($"printf 'one\\nfail\\n' | {ChatHostProgram.Command} chat bob; echo code $? >&2");
        Assert.Contains("message 2 to bob: not sent: the key directory knows no bob\n", errors, StringComparison.Ordinal);
        Assert.EndsWith("code 2\n", errors, StringComparison.Ordinal);
    }

    private static async Task<(string Output, string Errors)> RunAsync(string command)
    {
        var start = new ProcessStartInfo(RealParts.Require("sh"), ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using var shell = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var errors = shell.StandardError.ReadToEndAsync(patience.Token);
        var output = await shell.StandardOutput.ReadToEndAsync(patience.Token);
        await shell.WaitForExitAsync(patience.Token);
        return (output, await errors);
    }
}

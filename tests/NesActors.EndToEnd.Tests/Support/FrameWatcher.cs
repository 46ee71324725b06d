using System.Diagnostics;
using NesActors.Testing;

namespace NesActors.EndToEnd.Tests.Support;

/// <summary>Mosquitto's own client, which sees the frames on the wire: the broker keeps for it what comes while it is not there.</summary>
/// <param name="port">The broker's.</param>
/// <param name="topic">What it watches.</param>
internal sealed class FrameWatcher(int port, string topic = "nes/+/message")
{
    /// <summary>The program that it needs.</summary>
    public const string Program = "mosquitto_sub";

    private readonly string _name = $"watcher-{Guid.NewGuid():N}"[..20];

    /// <summary>Begins.</summary>
    public Task BeginAsync() => RunAsync("-E");

    /// <summary>The next frames, in hexadecimal, in the order in which they were sent.</summary>
    public async Task<IReadOnlyList<string>> NextAsync(int count) => (await RunAsync("-C", $"{count}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private async Task<string> RunAsync(params string[] until)
    {
        string[] arguments = ["-h", "127.0.0.1", "-p", $"{port}", "-i", _name, "-c", "-q", "1", "-t", topic, "-F", "%x", .. until];
        using var watcher = Process.Start(new ProcessStartInfo(RealParts.Require(Program), arguments) { RedirectStandardOutput = true })!;
        var output = await watcher.StandardOutput.ReadToEndAsync();
        await watcher.WaitForExitAsync();
        Assert.Equal(0, watcher.ExitCode);
        return output;
    }
}

using System.Diagnostics;
using System.Globalization;
using NesActors.PluginContracts.Transport;
using NesActors.Testing;

namespace NesActors.Transport.Tests;

/// <summary>mosquitto_pub and mosquitto_sub, as somebody else's clients.</summary>
internal static class MosquittoClients
{
    private const string Subscriber = "mosquitto-sub-of-the-tests";

    public static Task PublishAsync(int port, string topic, string text) =>
        RunAsync("mosquitto_pub", port, topic, "-i", "mosquitto-pub-of-the-tests", "-m", text);

    /// <summary>Makes a durable session with this subscription, and ends when the broker has confirmed it.</summary>
    public static Task SubscribeAsync(int port, string topic) => RunAsync("mosquitto_sub", port, topic, "-i", Subscriber, "-c", "-E");

    /// <summary>The first message of that session.</summary>
    public static async Task<string> ReceiveAsync(int port, string topic) =>
        (await RunAsync("mosquitto_sub", port, topic, "-i", Subscriber, "-c", "-C", "1")).TrimEnd('\n');

    private static async Task<string> RunAsync(string program, int port, string topic, params string[] more)
    {
        string[] arguments = ["-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-q", "2", "-t", topic, .. more];
        var start = new ProcessStartInfo(RealParts.Require(program), arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(TransportSpec.Patience);
            await process.WaitForExitAsync().WaitAsync(TransportSpec.Patience);
            Assert.Equal(0, process.ExitCode);
            return output;
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}

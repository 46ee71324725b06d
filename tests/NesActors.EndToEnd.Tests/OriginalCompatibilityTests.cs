using System.Diagnostics;
using System.Text;
using NesActors.EndToEnd.Tests.Support;
using NesActors.Testing;
using NesActors.Testing.Vectors;

namespace NesActors.EndToEnd.Tests;

/// <summary>The original's own frames, put on the wire by mosquitto's client, as the original's user would.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class OriginalCompatibilityTests
{
    [RealPartFact(Lab.Program, "mosquitto_pub")]
    public async Task A_listener_shows_the_originals_messages_and_survives_hostile_ones_between_them()
    {
        var home = Directory.CreateTempSubdirectory("nes-original-");
        var keys = home.CreateSubdirectory(".nes");
        var published = home.CreateSubdirectory("published");
        foreach (var user in VectorUser.All)
        {
            await File.WriteAllTextAsync(Path.Combine(published.FullName, $"{user.Name}-rsa-message.pub"), user.PublicMessagePem);
            await File.WriteAllTextAsync(Path.Combine(published.FullName, $"{user.Name}-rsa-sign.pub"), user.PublicSignPem);
        }

        // As the original leaves them: private keys that everybody can read. Mended as the error message says.
        var ben = VectorUser.Ben;
        foreach (var (name, pem) in new[]
        {
            ("rsa-message", ben.PrivateMessagePem), ("rsa-message.pub", ben.PublicMessagePem), ("rsa-sign", ben.PrivateSignPem), ("rsa-sign.pub", ben.PublicSignPem),
        })
        {
            var file = Path.Combine(keys.FullName, $"ben-{name}");
            await File.WriteAllTextAsync(file, pem);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        await using var mosquitto = await MosquittoServer.StartAsync();
        var nes = new NesProgram(home.FullName) { Environment = new Dictionary<string, string> { ["STRANGERS"] = "accept" } };
        string[] network = ["-u", "ben", "-b", $"mqtt://127.0.0.1:{mosquitto.Port}", "-p", new Uri(published.FullName).AbsoluteUri];

        var refused = await nes.RunAsync(["listen", .. network]);
        Assert.Equal(4, refused.ExitCode);
        Assert.Contains("nes doctor --fix", refused.Error, StringComparison.Ordinal);
        await nes.RunAsync(["doctor", "--fix", .. network]);

        await using var listener = nes.Start(["listen", .. network]);
        await listener.NoticesAsync("online");
        var valid = FrameVectors.Valid.Where(frame => frame.To == "ben").ToList();
        foreach (var (frame, hostile) in valid.Zip(FrameVectors.Hostile))
        {
            await PublishAsync(mosquitto.Port, hostile.Payload);
            await PublishAsync(mosquitto.Port, frame.Payload);
        }

        await listener.SaysAsync(line => line.EndsWith($"{valid[^1].From} > {valid[^1].Message}", StringComparison.Ordinal), "the last message");
        var shown = listener.Output.Split('\n').Where(line => line.StartsWith('[')).ToList();
        Assert.Equal(valid.Count, shown.Count);
        listener.Terminate();
        Assert.Equal(0, await listener.ExitAsync());
        home.Delete(recursive: true);
    }

    private static async Task PublishAsync(int port, string payload)
    {
        var start = new ProcessStartInfo(RealParts.Require("mosquitto_pub"), ["-h", "127.0.0.1", "-p", $"{port}", "-q", "2", "-t", "nes/ben/message", "-s"])
        {
            RedirectStandardInput = true,
        };
        using var publisher = Process.Start(start)!;
        await publisher.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(payload));
        publisher.StandardInput.Close();
        await publisher.WaitForExitAsync();
        Assert.Equal(0, publisher.ExitCode);
    }
}

using NesActors.EndToEnd.Tests.Support;
using NesActors.Testing;

namespace NesActors.EndToEnd.Tests;

/// <summary>Two people who both choose suite nes2, over mosquitto, with a folder in place of a key directory.</summary>
public sealed class Nes2Tests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("nes2-lab-");

    public void Dispose() => _home.Delete(recursive: true);

    [RealPartFact(MosquittoServer.Program)]
    public async Task Two_people_chat_by_suite_nes2_without_a_key_directory()
    {
        await using var mosquitto = await MosquittoServer.StartAsync();
        var nes = new NesProgram(_home.FullName) { Environment = new Dictionary<string, string> { ["STRANGERS"] = "accept", ["NES_SUITE"] = "nes2" } };
        var folder = Path.Combine(_home.FullName, "directory");
        string[] network = ["-b", $"mqtt://127.0.0.1:{mosquitto.Port}", "-p", new Uri(folder).AbsoluteUri];
        foreach (var user in (string[])["alice", "bob"])
        {
            await nes.SucceedAsync("generate", "-u", user);
            await nes.SucceedAsync("keys", "export-public", "-u", user, "--out", folder);
        }

        await using var alice = nes.Start(["chat", "-u", "alice", "-t", "bob", .. network]);
        await using var bob = nes.Start(["chat", "-u", "bob", "-t", "alice", .. network]);
        await alice.NoticesAsync("online");
        await bob.NoticesAsync("online");
        await alice.WriteAsync("sealed to a prekey\n");
        await bob.SaysAsync("alice > sealed to a prekey");
        await bob.WriteAsync("and so is this\n");
        await alice.SaysAsync("bob > and so is this");

        alice.CloseInput();
        bob.CloseInput();
        Assert.Equal(0, await alice.ExitAsync());
        Assert.Equal(0, await bob.ExitAsync());
    }
}

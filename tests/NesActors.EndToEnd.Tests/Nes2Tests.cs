using System.Text.Json;
using NesActors.EndToEnd.Tests.Support;
using NesActors.Testing;

namespace NesActors.EndToEnd.Tests;

/// <summary>Two people who both choose suite nes2, over mosquitto, with a key directory and with a folder in place of one.</summary>
public sealed class Nes2Tests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("nes2-lab-");

    public void Dispose() => _home.Delete(recursive: true);

    [RealPartFact(Lab.Program)]
    public async Task Two_people_chat_by_suite_nes2_over_a_key_directory_also_after_a_change_of_keys()
    {
        await using var lab = await Lab.StartAsync(suite: "nes2");
        await lab.JoinAsync("alice");
        await lab.JoinAsync("bob");
        await using (var alice = lab.Nes.Start(lab.Command("chat", "alice", "-t", "bob")))
        await using (var bob = lab.Nes.Start(lab.Command("chat", "bob", "-t", "alice")))
        {
            await alice.NoticesAsync("online");
            await bob.NoticesAsync("online");
            await alice.WriteAsync("sealed to what the directory has\n");
            await bob.SaysAsync("alice > sealed to what the directory has");
            await bob.WriteAsync("and so is this\n");
            await alice.SaysAsync("bob > and so is this");
            Assert.DoesNotContain("not published", (await lab.Nes.SucceedAsync(lab.Command("status", "alice"))).Output, StringComparison.Ordinal);
            alice.CloseInput();
            bob.CloseInput();
            Assert.Equal(0, await alice.ExitAsync());
            Assert.Equal(0, await bob.ExitAsync());
        }

        await lab.Nes.SucceedAsync(lab.Command("rotate", "bob"));
        // What is said for the suite went with the old key, and is there anew.
        Assert.Equal("[\"nes2\"]", await StatementsAsync(lab, "bob"));
    }

    [RealPartFact(Lab.Program)]
    public async Task A_session_whose_keys_nobody_can_look_up_works_and_status_tells()
    {
        await using var lab = await Lab.StartAsync(suite: "nes2");
        await lab.Nes.SucceedAsync("generate", "-u", "alice");
        await using var alice = lab.Nes.Start(lab.Command("listen", "alice"));
        await alice.NoticesAsync("online");
        string said;
        do said = (await lab.Nes.SucceedAsync(lab.Command("status", "alice"))).Output; while (!said.Contains("not published", StringComparison.Ordinal));
        Assert.Contains("does not know alice, or not yet", said, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await lab.Nes.SucceedAsync(lab.Command("status", "alice", "--json"))).Output);
        Assert.Contains("does not know alice", json.RootElement.GetProperty("unpublished").GetString(), StringComparison.Ordinal);
        Assert.Equal("online", json.RootElement.GetProperty("connection").GetString());
    }

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

    private static async Task<string> StatementsAsync(Lab lab, string user)
    {
        // By suite nes1, which reads any record, and by somebody who has pinned nobody.
        var whois = await lab.Nes.SucceedAsync(lab.Command("whois", "carol", user, "--json", "--suite", "nes1"));
        using var json = JsonDocument.Parse(whois.Output);
        return json.RootElement.GetProperty("statements").GetRawText();
    }
}

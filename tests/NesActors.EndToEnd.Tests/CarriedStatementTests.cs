using System.Buffers.Binary;
using NesActors.EndToEnd.Tests.Support;
using NesActors.Testing;

namespace NesActors.EndToEnd.Tests;

/// <summary>Which suite people's clients pick over mosquitto and a key directory of the original's kind, which carries nothing of suites: messages do.</summary>
public sealed class CarriedStatementTests : IAsyncLifetime
{
    private const string Nes1 = "7b22", Nes2 = "4e455332";

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("nes-carried-");
    private MosquittoServer? _mosquitto;
    private PlainDirectory? _directory;

    private string[] Network => ["-b", $"mqtt://127.0.0.1:{_mosquitto!.Port}", "-p", _directory!.Address, "-P", _directory.KeyFile];

    private NesProgram Nes => new(_home.FullName) { Environment = new Dictionary<string, string> { ["STRANGERS"] = "accept" } };

    public async Task InitializeAsync()
    {
        if (RealParts.Find(MosquittoServer.Program) is not null) _mosquitto = await MosquittoServer.StartAsync();
        _directory = await PlainDirectory.StartAsync(_home.FullName);
    }

    public async Task DisposeAsync()
    {
        await _directory!.DisposeAsync();
        if (_mosquitto is not null) await _mosquitto.DisposeAsync();
        _home.Delete(recursive: true);
    }

    [RealPartFact(MosquittoServer.Program, FrameWatcher.Program)]
    public async Task Two_of_ours_begin_with_nes1_and_go_over_to_nes2_and_its_new_prekeys_by_what_their_messages_carry()
    {
        foreach (var user in (string[])["alice", "bob"]) await Nes.SucceedAsync("generate", "-u", user);
        var first = await WatchAsync();
        await using (var alice = await ChatAsync("alice", "bob"))
        await using (var bob = await ChatAsync("bob", "alice"))
        {
            await TalkAsync(alice, bob, "first");
            Assert.All(await first.NextAsync(2), frame => Assert.StartsWith(Nes1, frame, StringComparison.Ordinal));
            for (var i = 0; !await HaveNes2Async(); i++)
            {
                Assert.True(i < 10, "They stay with nes1.");
                await TalkAsync(alice, bob, $"again {i}");
            }
            var later = await WatchAsync();
            await TalkAsync(alice, bob, "by nes2");
            Assert.All(await later.NextAsync(2), frame => Assert.StartsWith(Nes2, frame, StringComparison.Ordinal));
            await EndAsync(alice, bob);
        }

        // What was told lasts: a command without a session knows it too.
        var sent = await WatchAsync();
        await Nes.SucceedAsync(["send", "-u", "alice", "-t", "bob", "-m", "by a command", .. Network]);
        Assert.StartsWith(Nes2, (await sent.NextAsync(1)).Single(), StringComparison.Ordinal);

        var old = await KidOfBobAsync("to the prekey that she knows");
        AgePrekeys("bob", TimeSpan.FromDays(8));
        for (var i = 0; await KidOfBobAsync($"to a new one? {i}") == old; i++) Assert.True(i < 5, "Bob's new prekey does not reach alice.");
    }

    [RealPartFact(MosquittoServer.Program, FrameWatcher.Program)]
    public async Task One_of_ours_and_a_client_of_nes1_alone_stay_with_nes1()
    {
        await Nes.SucceedAsync("generate", "-u", "alice");
        await Nes.SucceedAsync("generate", "-u", "bob", "--suite", "nes1");
        var watcher = await WatchAsync();
        await using var alice = await ChatAsync("alice", "bob");
        await using var bob = await ChatAsync("bob", "alice", "--suite", "nes1");
        for (var i = 0; i < 3; i++) await TalkAsync(alice, bob, $"hello {i}");
        Assert.All(await watcher.NextAsync(6), frame => Assert.StartsWith(Nes1, frame, StringComparison.Ordinal));
        Assert.Contains("suite        that of the pinned keys", (await Nes.SucceedAsync("contacts", "show", "bob", "-u", "alice")).Output, StringComparison.Ordinal);
        await EndAsync(alice, bob);
    }

    private async Task<FrameWatcher> WatchAsync(string topic = "nes/+/message")
    {
        var watcher = new FrameWatcher(_mosquitto!.Port, topic);
        await watcher.BeginAsync();
        return watcher;
    }

    private async Task<NesProcess> ChatAsync(string user, string with, params string[] options)
    {
        var chat = Nes.Start(["chat", "-u", user, "-t", with, .. Network, .. options]);
        await chat.NoticesAsync("online");
        return chat;
    }

    private static async Task TalkAsync(NesProcess alice, NesProcess bob, string text)
    {
        await alice.WriteAsync($"{text}\n");
        await bob.SaysAsync($"alice > {text}");
        await bob.WriteAsync($"{text} back\n");
        await alice.SaysAsync($"bob > {text} back");
    }

    private static async Task EndAsync(NesProcess alice, NesProcess bob)
    {
        alice.CloseInput();
        bob.CloseInput();
        Assert.Equal((0, 0), (await alice.ExitAsync(), await bob.ExitAsync()));
    }

    private async Task<bool> HaveNes2Async()
    {
        foreach (var (user, other) in new[] { ("alice", "bob"), ("bob", "alice") })
        {
            if (!(await Nes.SucceedAsync("contacts", "show", other, "-u", user)).Output.Contains("suite        nes2\n", StringComparison.Ordinal)) return false;
        }
        return true;
    }

    /// <summary>Says something to bob, and he answers.</summary>
    /// <returns>Which prekey of his it was sealed to.</returns>
    private async Task<string> KidOfBobAsync(string text)
    {
        var watcher = await WatchAsync("nes/bob/message");
        await using var bob = await ChatAsync("bob", "alice");
        await using var alice = await ChatAsync("alice", "bob");
        await TalkAsync(alice, bob, text);
        await EndAsync(alice, bob);
        var frame = (await watcher.NextAsync(1)).Single();
        Assert.StartsWith(Nes2, frame, StringComparison.Ordinal);
        return frame[12..28];
    }

    /// <summary>As if they had been made earlier: version, not-before, expires, and the keys.</summary>
    private void AgePrekeys(string user, TimeSpan by)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_home.FullName, ".nes"), $"{user}-nes2-prekey-*"))
        {
            var bytes = File.ReadAllBytes(file);
            foreach (var at in (int[])[1, 9])
            {
                var time = bytes.AsSpan(at, 8);
                BinaryPrimitives.WriteInt64BigEndian(time, BinaryPrimitives.ReadInt64BigEndian(time) - (long)by.TotalMilliseconds);
            }
            File.WriteAllBytes(file, bytes);
        }
    }
}

using NesActors.EndToEnd.Tests.Support;
using NesActors.Testing;

namespace NesActors.EndToEnd.Tests;

/// <summary>Which suite people's clients pick by themselves, over mosquitto, with a folder in place of a key directory; mosquitto's own client watches the frames.</summary>
public sealed class SuiteChoiceTests : IAsyncLifetime, IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("nes-suites-");
    private MosquittoServer? _mosquitto;

    private string Folder => Path.Combine(_home.FullName, "directory");

    private string[] Network => ["-b", $"mqtt://127.0.0.1:{_mosquitto!.Port}", "-p", new Uri(Folder).AbsoluteUri];

    private NesProgram Nes => new(_home.FullName) { Environment = new Dictionary<string, string> { ["STRANGERS"] = "accept" } };

    public async Task InitializeAsync()
    {
        if (RealParts.Find(MosquittoServer.Program) is not null) _mosquitto = await MosquittoServer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_mosquitto is not null) await _mosquitto.DisposeAsync();
    }

    public void Dispose() => _home.Delete(recursive: true);

    [RealPartFact(MosquittoServer.Program, FrameWatcher.Program)]
    public async Task Two_of_ours_pick_nes2_by_themselves()
    {
        await JoinAsync("alice");
        await JoinAsync("bob");
        var frames = await TalkAsync([], []);
        Assert.All(frames, frame => Assert.StartsWith("4e455332", frame, StringComparison.Ordinal));
        Assert.Contains("suite        nes2", (await Nes.SucceedAsync("contacts", "show", "bob", "-u", "alice")).Output);
        Assert.Contains("suite nes2", (await Nes.SucceedAsync(["whois", "bob", "-u", "alice", .. Network])).Output);
    }

    [RealPartFact(Lab.Program)]
    public async Task Two_of_ours_pick_nes2_by_themselves_over_a_key_directory()
    {
        await using var lab = await Lab.StartAsync();
        await lab.JoinAsync("alice");
        await lab.JoinAsync("bob");
        await using var bob = lab.Nes.Start(lab.Command("listen", "bob"));
        await bob.NoticesAsync("online");
        await lab.Nes.SucceedAsync(lab.Command("send", "alice", "-t", "bob", "-m", "by what the directory has"));
        await bob.SaysAsync("alice > by what the directory has");
        foreach (var (one, other) in new[] { ("alice", "bob"), ("bob", "alice") })
            Assert.Contains("suite        nes2", (await lab.Nes.SucceedAsync("contacts", "show", other, "-u", one)).Output, StringComparison.Ordinal);
    }

    [RealPartFact(MosquittoServer.Program, FrameWatcher.Program)]
    public async Task One_of_ours_and_a_client_of_nes1_alone_pick_nes1()
    {
        await JoinAsync("alice");
        await JoinAsync("bob", "--suite", "nes1");
        var frames = await TalkAsync([], ["--suite", "nes1"]);
        Assert.All(frames, frame => Assert.StartsWith("7b22", frame, StringComparison.Ordinal));
    }

    [RealPartFact(MosquittoServer.Program, FrameWatcher.Program)]
    public async Task Keys_from_before_get_those_of_nes2_when_a_session_starts_and_contacts_go_over_to_it()
    {
        await JoinAsync("alice", "--suite", "nes1");
        await JoinAsync("bob", "--suite", "nes1");
        Assert.All(await TalkAsync(["--suite", "nes1"], ["--suite", "nes1"]), frame => Assert.StartsWith("7b22", frame, StringComparison.Ordinal));

        await RenewAsync("alice");
        await RenewAsync("bob");
        Assert.All(await TalkAsync([], []), frame => Assert.StartsWith("4e455332", frame, StringComparison.Ordinal));
    }

    [RealPartFact(MosquittoServer.Program)]
    public async Task Another_installation_with_the_same_rsa_keys_does_not_take_the_place_of_the_first()
    {
        await JoinAsync("alice");
        var published = await File.ReadAllTextAsync(Path.Combine(Folder, "alice-statement-nes2.pub"));
        var home = Directory.CreateDirectory(Path.Combine(_home.FullName, "elsewhere"));
        var keys = home.CreateSubdirectory(".nes");
        if (!OperatingSystem.IsWindows()) keys.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_home.FullName, ".nes"), "alice-rsa-*")) File.Copy(file, Path.Combine(keys.FullName, Path.GetFileName(file)));

        var nes = new NesProgram(home.FullName);
        await using var listener = nes.Start(["listen", "-u", "alice", .. Network]);
        await listener.NoticesAsync("online");
        string said;
        do said = (await nes.SucceedAsync(["status", "-u", "alice", .. Network])).Output; while (!said.Contains("not published", StringComparison.Ordinal));
        Assert.Contains("of another installation", said, StringComparison.Ordinal);
        Assert.Equal(published, await File.ReadAllTextAsync(Path.Combine(Folder, "alice-statement-nes2.pub")));
    }

    [RealPartFact(MosquittoServer.Program, FrameWatcher.Program)]
    public async Task A_statement_that_disappears_from_the_directory_stops_sending_until_the_person_consents()
    {
        await JoinAsync("alice");
        await JoinAsync("bob");
        await TalkAsync([], []);

        File.Delete(Path.Combine(Folder, "bob-statement-nes2.pub"));
        var refused = await Nes.RunAsync(["send", "-u", "alice", "-t", "bob", "-m", "by what?", .. Network]);
        Assert.Equal(4, refused.ExitCode);
        Assert.Contains("--accept-older-suite", refused.Error, StringComparison.Ordinal);
        Assert.Contains("NO KEYS", (await Nes.SucceedAsync("contacts", "show", "bob", "-u", "alice")).Output);

        await Nes.SucceedAsync("contacts", "trust", "bob", "-u", "alice", "--accept-older-suite");
        await Nes.SucceedAsync(["send", "-u", "alice", "-t", "bob", "-m", "by nes1", .. Network]);
    }

    private async Task JoinAsync(string user, params string[] options)
    {
        await Nes.SucceedAsync(["generate", "-u", user, .. options]);
        await Nes.SucceedAsync(["keys", "export-public", "-u", user, "--out", Folder, .. options]);
    }

    /// <summary>Runs a session until its statement is in the folder.</summary>
    private async Task RenewAsync(string user)
    {
        await using var listener = Nes.Start(["listen", "-u", user, .. Network]);
        var statement = Path.Combine(Folder, $"{user}-statement-nes2.pub");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!File.Exists(statement)) await timer.WaitForNextTickAsync(limit.Token);
        listener.Terminate();
        Assert.Equal(0, await listener.ExitAsync());
    }

    /// <summary>Says something each way.</summary>
    /// <returns>The first two frames, in hexadecimal.</returns>
    private async Task<IReadOnlyList<string>> TalkAsync(string[] ofAlice, string[] ofBob)
    {
        var watcher = new FrameWatcher(_mosquitto!.Port);
        await watcher.BeginAsync();
        await using (var alice = Nes.Start(["chat", "-u", "alice", "-t", "bob", .. Network, .. ofAlice]))
        await using (var bob = Nes.Start(["chat", "-u", "bob", "-t", "alice", .. Network, .. ofBob]))
        {
            await alice.NoticesAsync("online");
            await bob.NoticesAsync("online");
            await alice.WriteAsync("hello bob\n");
            await bob.SaysAsync("alice > hello bob");
            await bob.WriteAsync("hello alice\n");
            await alice.SaysAsync("bob > hello alice");
            alice.CloseInput();
            bob.CloseInput();
            Assert.Equal((0, 0), (await alice.ExitAsync(), await bob.ExitAsync()));
        }
        return await watcher.NextAsync(2);
    }
}

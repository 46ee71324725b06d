using NesActors.EndToEnd.Tests.Support;
using NesActors.Faults.Strikes;
using NesActors.Faults.Trials;
using NesActors.Testing;

namespace NesActors.Faults;

/// <summary>A kind of fault, and the network that it needs.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Strikes">How many strikes a long run has.</param>
/// <param name="Messages">How many messages it has.</param>
internal sealed record Scenario(string Name, int Strikes, int Messages, Func<Setting, IStrike> Strike)
{
    /// <summary>After a connection that did not last, a session waits up to a minute: here it does not, or most of the time nothing would be broken.</summary>
    private const string Impatient = "nes.transport { reconnect-min = 100ms, reconnect-max = 500ms }";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("kills", 500, 20_000, _ => new KilledSession()) { HasDefaults = true },
        new("broker", 50, 5_000, setting => new CrashedBroker(setting.Broker)),
        new("persistent-broker", 50, 5_000, setting => new RestartedBroker(setting.Broker)) { Broker = new MosquittoOptions { IsPersistent = true } },
        new("cuts", 160, 5_000, setting => new CutConnection([setting.Alices, setting.Bobs])),
        new("frozen", 10, 2_000, setting => new FrozenLink(setting.Alices, setting.Bobs)),
        new("slow", 30, 2_000, setting => new SlowLink([setting.Alices, setting.Bobs])),
        new("locks", 50, 5_000, _ => new LockedStore()) { HasDefaults = true },
        new("disk", 20, 2_000, setting => new FullDisk(setting.Disk!)) { HasDefaults = true, HasSmallDisk = true },
        new("clock", 100, 5_000, setting => new JumpingClock(setting.Clock!)) { HasDefaults = true, HasFakeClock = true },
    ];

    /// <summary>How the broker runs.</summary>
    public MosquittoOptions Broker { get; init; } = new();

    /// <summary>Whether nothing is tuned, and nothing stands between the sessions and the broker.</summary>
    public bool HasDefaults { get; init; }

    /// <summary>Whether bob's state lies on a disk that can be full.</summary>
    public bool HasSmallDisk { get; init; }

    /// <summary>Whether bob's clock can jump.</summary>
    public bool HasFakeClock { get; init; }

    /// <summary>Runs it.</summary>
    public async Task<TrialReport> RunAsync(Trial trial)
    {
        await using var lab = await Lab.StartAsync(Broker);
        await using var alices = MqttProxy.Start(lab.Mosquitto.Port);
        await using var bobs = MqttProxy.Start(lab.Mosquitto.Port);
        var tuning = Path.Combine(lab.Home, "impatient.hocon");
        await File.WriteAllTextAsync(tuning, Impatient);
        using var disk = HasSmallDisk ? SmallDisk.Mount() : null;
        var clock = HasFakeClock ? new FakeClock(lab.Home) : null;
        var bob = new Surroundings(Network(bobs)) { StateFolder = disk is null ? null : Path.Combine(disk.Folder, "bob") };
        if (clock is not null) bob = bob with { Environment = clock.Environment };
        return await trial.RunAsync(lab, Strike(new Setting(lab.Mosquitto, alices, bobs, disk, clock)), new Surroundings(Network(alices)), bob);

        string[] Network(MqttProxy proxy) => HasDefaults ? lab.Network : ["-b", $"mqtt://127.0.0.1:{proxy.Port}", .. lab.Network.Skip(2), "--hocon", tuning];
    }
}

/// <summary>What can be broken.</summary>
internal sealed record Setting(MosquittoServer Broker, MqttProxy Alices, MqttProxy Bobs, SmallDisk? Disk, FakeClock? Clock);

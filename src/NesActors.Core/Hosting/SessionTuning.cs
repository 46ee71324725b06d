using Akka.Configuration;

namespace NesActors.Core.Hosting;

/// <summary>What <c>hocon/nes.hocon</c> says under <c>nes</c>; each setting is explained there.</summary>
public sealed record SessionTuning
{
    private SessionTuning(Config nes)
    {
        CryptoWorkers = nes.GetInt("crypto.workers") is > 0 and var workers ? workers : Environment.ProcessorCount;
        MaxFrameSize = (int)Bytes(nes, "session.max-frame-size");
        SpoolSize = Bytes(nes, "session.spool-size");
        MaxUnacknowledged = nes.GetInt("session.max-unacknowledged");
        AnnounceInterval = nes.GetTimeSpan("session.announce-interval");
        MaxAge = nes.GetTimeSpan("conversation.max-age");
        MaxAhead = nes.GetTimeSpan("conversation.max-ahead");
        RefreshInterval = nes.GetTimeSpan("conversation.refresh-interval");
        KeyRetry = new Backoff(nes.GetTimeSpan("conversation.retry-min"), nes.GetTimeSpan("conversation.retry-max"), 0.5);
        IdleTimeout = nes.GetTimeSpan("conversation.idle-timeout");
        MaxUnconfirmed = nes.GetInt("delivery.max-unconfirmed");
        Resend = new Backoff(nes.GetTimeSpan("delivery.resend-min"), nes.GetTimeSpan("delivery.resend-max"), nes.GetDouble("delivery.resend-jitter"));
        ConfirmDelay = nes.GetTimeSpan("delivery.confirm-delay");
        ConfirmInterval = nes.GetTimeSpan("delivery.confirm-interval");
        GapWait = nes.GetTimeSpan("delivery.gap-wait");
        SilentAfter = nes.GetTimeSpan("delivery.silent-after");
        KeyTtl = nes.GetTimeSpan("key-directory.ttl");
        NegativeTtl = nes.GetTimeSpan("key-directory.negative-ttl");
        StaleTtl = nes.GetTimeSpan("key-directory.stale-ttl");
        KeyCapacity = nes.GetInt("key-directory.capacity");
        StrangerRate = nes.GetInt("key-directory.stranger-rate");
        StrangerBurst = nes.GetInt("key-directory.stranger-burst");
        Reconnect = new Backoff(
            nes.GetTimeSpan("transport.reconnect-min"), nes.GetTimeSpan("transport.reconnect-max"), nes.GetDouble("transport.reconnect-jitter"));
        StableAfter = nes.GetTimeSpan("transport.stable-after");
        MaxInFlight = nes.GetInt("transport.max-in-flight");
        PublishTimeout = nes.GetTimeSpan("transport.publish-timeout");
    }

    public int CryptoWorkers { get; init; }

    /// <summary>In bytes.</summary>
    public int MaxFrameSize { get; init; }

    /// <summary>In bytes.</summary>
    public long SpoolSize { get; init; }

    public int MaxUnacknowledged { get; init; }

    public TimeSpan AnnounceInterval { get; init; }

    public TimeSpan MaxAge { get; init; }

    public TimeSpan MaxAhead { get; init; }

    public TimeSpan RefreshInterval { get; init; }

    public Backoff KeyRetry { get; init; }

    public TimeSpan IdleTimeout { get; init; }

    public int MaxUnconfirmed { get; init; }

    public Backoff Resend { get; init; }

    public TimeSpan ConfirmDelay { get; init; }

    public TimeSpan ConfirmInterval { get; init; }

    public TimeSpan GapWait { get; init; }

    public TimeSpan SilentAfter { get; init; }

    public TimeSpan KeyTtl { get; init; }

    public TimeSpan NegativeTtl { get; init; }

    public TimeSpan StaleTtl { get; init; }

    public int KeyCapacity { get; init; }

    /// <summary>Look-ups a second.</summary>
    public int StrangerRate { get; init; }

    public int StrangerBurst { get; init; }

    public Backoff Reconnect { get; init; }

    public TimeSpan StableAfter { get; init; }

    public int MaxInFlight { get; init; }

    public TimeSpan PublishTimeout { get; init; }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="NesConfigurationException">A value is missing or makes no sense.</exception>
    public static SessionTuning From(Config config)
    {
        SessionTuning tuning;
        try
        {
            tuning = new SessionTuning(config.GetConfig("nes"));
        }
        catch (Exception e) when (e is ConfigurationException or FormatException or OverflowException or InvalidCastException or NullReferenceException)
        {
            throw new NesConfigurationException($"A setting under `nes` in the HOCON file makes no sense: {e.Message}", e);
        }

        tuning.Check();
        return tuning;
    }

    private static long Bytes(Config config, string path) =>
        config.GetByteSize(path) ?? throw new FormatException($"{path} is no number of bytes.");

    private void Check()
    {
        Require(MaxFrameSize is >= 1024 and <= 256 << 20, "session.max-frame-size must be from 1 KiB to 256 MiB");
        Require(SpoolSize >= MaxFrameSize, "session.spool-size must hold one frame at least");
        Require(MaxUnacknowledged > 0, "session.max-unacknowledged must be at least 1");
        Require(KeyCapacity > 0, "key-directory.capacity must be at least 1");
        Require(StrangerRate > 0 && StrangerBurst > 0, "key-directory.stranger-rate and stranger-burst must be at least 1");
        Require(MaxInFlight is >= 1 and <= 65535, "transport.max-in-flight must be from 1 to 65535");
        Require(Reconnect.IsValid, "transport.reconnect-min, -max and -jitter do not fit together");
        Require(KeyRetry.IsValid, "conversation.retry-min and retry-max do not fit together");
        Require(MaxUnconfirmed is >= 2 and <= Contracts.Acknowledgement.MaxBeyond, $"delivery.max-unconfirmed must be from 2 to {Contracts.Acknowledgement.MaxBeyond}");
        Require(Resend.IsValid, "delivery.resend-min, -max and -jitter do not fit together");
        TimeSpan[] times = [ConfirmDelay, ConfirmInterval, GapWait, SilentAfter, StableAfter, AnnounceInterval, MaxAge, MaxAhead, RefreshInterval, IdleTimeout, KeyTtl, NegativeTtl, StaleTtl, PublishTimeout];
        Require(times.All(time => time > TimeSpan.Zero), "all times must be longer than nothing");
    }

    private static void Require(bool condition, string message)
    {
        if (!condition) throw new NesConfigurationException($"HOCON: nes.{message}.");
    }
}

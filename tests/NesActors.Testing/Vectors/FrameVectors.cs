namespace NesActors.Testing.Vectors;

/// <summary>A frame that the original published.</summary>
public sealed record ValidFrame(string Topic, string Payload, string PlaintextUtf8, string From, string To, long Timestamp, string Message)
{
    public override string ToString() => $"{From} > {To} at {Timestamp}";
}

/// <summary>A frame that the original accepts though it never sends such.</summary>
public sealed record LiberalFrame(string Name, string From, string To, string Message, string Payload, string Why)
{
    public override string ToString() => Name;
}

/// <summary>A frame that must be dropped, for one of these reasons (their codes: <c>bad-frame</c>).</summary>
public sealed record HostileFrame(string Name, string To, string Payload, string Must, IReadOnlyList<string> Reason, string Why)
{
    public override string ToString() => Name;
}

/// <summary>The frames. Their timestamps are of 22 November 2026.</summary>
public static class FrameVectors
{
    /// <summary>34 of RSA 2048, 3072 and 4096. All must open and verify.</summary>
    public static IReadOnlyList<ValidFrame> Valid { get; } = VectorFiles.ReadList<ValidFrame>("frames-valid.json");

    /// <summary>7 that must open and verify too.</summary>
    public static IReadOnlyList<LiberalFrame> Liberal { get; } = VectorFiles.ReadList<LiberalFrame>("frames-liberal.json");

    /// <summary>33 that must be dropped, each for a reason that it names.</summary>
    public static IReadOnlyList<HostileFrame> Hostile { get; } = VectorFiles.ReadList<HostileFrame>("frames-hostile.json");

    /// <summary>A time at which the timestamps of all frames are a few seconds to a few minutes old.</summary>
    public static DateTimeOffset Now { get; } = DateTimeOffset.FromUnixTimeMilliseconds(Valid.Max(frame => frame.Timestamp)).AddMinutes(1);
}

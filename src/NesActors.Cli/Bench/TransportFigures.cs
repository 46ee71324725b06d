namespace NesActors.Cli.Bench;

/// <summary>What a transport did with frames of one length.</summary>
/// <param name="Transport">The scheme by which it was asked for.</param>
/// <param name="Plugin">The plugin's id.</param>
internal sealed record TransportFigures(string Transport, string Plugin)
{
    /// <summary>Over what; <see langword="null"/> where there was no address.</summary>
    public Uri? Address { get; init; }

    /// <summary>The length of the frames.</summary>
    public int FrameBytes { get; init; }

    /// <summary>From the call that publishes to the call that receives, alone on the way: the middle one.</summary>
    public TimeSpan Median { get; init; }

    /// <summary>The same: 99 of 100 were no slower.</summary>
    public TimeSpan Slow { get; init; }

    /// <summary>Frames that arrived in a second, with <see cref="TransportBench.OnTheWay"/> on the way.</summary>
    public double FramesPerSecond { get; init; }

    /// <summary>Frames that were confirmed and did not arrive in time.</summary>
    public int Lost { get; init; }

    /// <summary>Why there are no figures; <see langword="null"/> where there are.</summary>
    public string? Problem { get; init; }

    /// <summary>What the command ends with for it.</summary>
    public int ExitCode { get; init; }
}

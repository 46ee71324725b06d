namespace NesActors.Cli.Bench;

/// <summary>What a suite did with texts of one length.</summary>
/// <param name="Suite">The suite's name.</param>
/// <param name="Plugin">The plugin's id.</param>
/// <param name="TextBytes">The length of the text.</param>
internal sealed record SuiteFigures(string Suite, string Plugin, int TextBytes)
{
    /// <summary>The bytes on the wire.</summary>
    public int FrameBytes { get; init; }

    /// <summary>How long it took to make one user's keys.</summary>
    public double KeysMilliseconds { get; init; }

    /// <summary>Texts written down, signed and encrypted in a second, on one core.</summary>
    public double SealsPerSecond { get; init; }

    /// <summary>Frames decrypted and verified in a second, on one core.</summary>
    public double OpensPerSecond { get; init; }

    /// <summary>Why there are no figures; <see langword="null"/> where there are.</summary>
    public string? Problem { get; init; }
}

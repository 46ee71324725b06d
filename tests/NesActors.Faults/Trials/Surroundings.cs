namespace NesActors.Faults.Trials;

/// <summary>What is around a person's session.</summary>
/// <param name="Network">The options that lead it into the network.</param>
internal sealed record Surroundings(string[] Network)
{
    /// <summary>Where its memory lies; <see langword="null"/>: where it does by itself.</summary>
    public string? StateFolder { get; init; }

    /// <summary>What its environment holds beside the usual.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>What came of renewing a record.</summary>
public abstract record RenewalResult
{
    private RenewalResult() { }

    /// <summary>What others find there is what it should be.</summary>
    public sealed record Kept : RenewalResult;

    /// <summary>This place takes no such thing; it is asked again in some hours.</summary>
    /// <param name="Detail">Why, in one line.</param>
    public sealed record NotTaken(string Detail) : RenewalResult;

    /// <summary>It was not done, or that is not known. Worth trying again later.</summary>
    /// <param name="Detail">Why, in one line.</param>
    public sealed record Failed(string Detail) : RenewalResult;
}

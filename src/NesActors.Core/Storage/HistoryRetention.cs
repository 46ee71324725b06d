namespace NesActors.Core.Storage;

/// <summary>How long the texts of messages are kept.</summary>
public readonly record struct HistoryRetention
{
    private HistoryRetention(bool isOff, TimeSpan? limit) => (IsOff, Limit) = (isOff, limit);

    /// <summary>For ever; the default.</summary>
    public static HistoryRetention Forever => default;

    /// <summary>
    /// Not at all: a message is shown when it comes, and what is stored of it only serves to recognise a repeat. A text that waits to go out is kept until it
    /// has. What was stored before stays.
    /// </summary>
    public static HistoryRetention Off => new(true, null);

    /// <summary>Whether no texts are stored.</summary>
    public bool IsOff { get; }

    /// <summary>After this time a message is deleted; <see langword="null"/>: never.</summary>
    public TimeSpan? Limit { get; }

    /// <summary>For a number of days, from 1.</summary>
    public static HistoryRetention Days(int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        return new HistoryRetention(false, TimeSpan.FromDays(days));
    }
}

namespace NesActors.Contracts.FrontEnd;

/// <summary>A line for the log of the program. Never with a secret, and never with what a message says.</summary>
/// <param name="Level">How much it matters.</param>
/// <param name="Category">Which part tells it.</param>
/// <param name="Text">The line, to be escaped by whoever shows it.</param>
public sealed record LogLine(LogSeverity Level, string Category, string Text)
{
    /// <summary>What went wrong; <see langword="null"/>: nothing.</summary>
    public Exception? Error { get; init; }
}

/// <summary>How much a line of the log matters.</summary>
public enum LogSeverity
{
    /// <summary>For who looks for a fault.</summary>
    Debug,

    /// <summary>What happened.</summary>
    Information,

    /// <summary>Something that whoever runs the program should know.</summary>
    Warning,

    /// <summary>Something that failed.</summary>
    Error,
}

namespace NesActors.Contracts;

/// <summary>What one person says to another: the content that a suite seals and opens.</summary>
/// <param name="From">The sender.</param>
/// <param name="To">The recipient.</param>
/// <param name="SentAt">The sender's clock, to the millisecond. Never trusted further than it was checked.</param>
/// <param name="Text">The text, any Unicode; may be empty. Whoever shows it must escape it.</param>
public sealed record Message(Username From, Username To, DateTimeOffset SentAt, string Text)
{
    /// <summary>The longest text that is sent, in UTF-8 bytes.</summary>
    public const int MaxTextBytes = 64 * 1024;

    /// <summary>What our own clients tell each other beside the text; <see langword="null"/> in messages of the original's users.</summary>
    public Delivery? Delivery { get; init; }

    /// <summary>What our own clients tell each other of crypto suites; <see langword="null"/> where nothing is told, or the suite leaves it out.</summary>
    public Capabilities? Capabilities { get; init; }

    /// <summary>Names the ends of the message and never its text, so that no log holds it by accident.</summary>
    public override string ToString() => $"Message {From} > {To}";
}

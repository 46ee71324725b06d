namespace NesActors.Contracts;

/// <summary>Names one message in this installation. Never leaves it.</summary>
/// <param name="Value">The identifier; version 7, so that later ones sort behind earlier ones.</param>
public readonly record struct MessageId(Guid Value)
{
    /// <summary>A new one.</summary>
    public static MessageId New(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return new MessageId(Guid.CreateVersion7(clock.GetUtcNow()));
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

using NesActors.Contracts;

namespace NesActors.Directory.Limits;

/// <summary>How often what a name is answered with may be changed while its record stays, whoever's address that comes from: each change costs a signature.</summary>
internal sealed class NameLimit(Rate rate, TimeProvider clock)
{
    private readonly RateTable<Username> _table = new(rate, clock);

    public bool TryTake(Username name, out TimeSpan retryAfter) => _table.TryTake(name, out retryAfter);
}

/// <summary>A name was changed too often.</summary>
internal sealed class TooManyChangesException(TimeSpan retryAfter) : Exception("A name was changed too often.")
{
    /// <summary>When there may be another.</summary>
    public TimeSpan RetryAfter => retryAfter;
}

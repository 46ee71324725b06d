using NesActors.Faults.Trials;

namespace NesActors.Faults.Strikes;

/// <summary>A kind of fault.</summary>
internal interface IStrike
{
    /// <summary>What it is, in a few words.</summary>
    string Name { get; }

    /// <summary>Causes it once; what it has broken is whole again when this ends, or mends itself.</summary>
    Task StrikeAsync(Exchange exchange, Random random, CancellationToken cancellation);
}

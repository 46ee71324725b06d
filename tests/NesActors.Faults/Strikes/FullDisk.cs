using NesActors.Faults.Trials;

namespace NesActors.Faults.Strikes;

/// <summary>The disk of bob's state is full, until his session has said so and ended; then there is room, and it is started again.</summary>
internal sealed class FullDisk(SmallDisk disk) : IStrike
{
    public string Name => "a full disk";

    public async Task StrikeAsync(Exchange exchange, Random random, CancellationToken cancellation)
    {
        disk.Fill();
        // Something has to be written.
        foreach (var direction in exchange.Directions) direction.Release(20);
        await exchange.Bob.EndsAsync("the disk is full: make room");
        disk.MakeRoom();
        await exchange.Bob.StartAgainAsync();
    }
}

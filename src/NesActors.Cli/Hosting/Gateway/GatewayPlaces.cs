using NesActors.Core.Attach;

namespace NesActors.Cli.Hosting.Gateway;

/// <summary>Takes the right to serve a state folder.</summary>
internal static class GatewayPlaces
{
    /// <summary>How long another process may take that only makes a token, or is just ending.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Takes it as soon as nobody else has it.</summary>
    /// <param name="folder">The state folder.</param>
    /// <param name="clock">The time.</param>
    /// <param name="found">Asked before each try; what it finds ends the search.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The right, or what was found; neither where another process has kept it all the time.</returns>
    public static async Task<(GatewayPlace? Taken, T? Found)> TakeAsync<T>(string folder, TimeProvider clock, Func<Task<T?>> found, CancellationToken cancellation) where T : class
    {
        for (var began = clock.GetTimestamp(); ;)
        {
            if (await found() is { } other) return (null, other);
            if (GatewayPlace.TryTake(folder) is { } taken) return (taken, null);
            if (clock.GetElapsedTime(began) >= Patience) return (null, null);
            await Task.Delay(Interval, clock, cancellation);
        }
    }
}

using Microsoft.Extensions.Hosting;

namespace NesActors.FrontEnd.Rest.Hosting;

/// <summary>The web host neither listens for signals nor ends the process: the program does.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

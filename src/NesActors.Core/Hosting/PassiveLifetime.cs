using Microsoft.Extensions.Hosting;

namespace NesActors.Core.Hosting;

/// <summary>Leaves signals and the console alone: they are the program's, not the session's.</summary>
internal sealed class PassiveLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

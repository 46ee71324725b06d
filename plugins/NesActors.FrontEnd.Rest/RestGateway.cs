using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Rest.Hosting;

namespace NesActors.FrontEnd.Rest;

/// <summary>The gateway <c>rest</c>: an HTTP API for scripts, bots and pages, and a web page to chat with.</summary>
public sealed class RestGateway : IGateway
{
    /// <inheritdoc/>
    public async Task<IRunningGateway> StartAsync(GatewayRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        return await RunningGateway.StartAsync(request, cancellation).ConfigureAwait(false);
    }
}

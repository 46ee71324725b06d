using NesActors.Cli.Commands;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Attach;

namespace NesActors.Cli.Hosting.Gateway;

/// <summary>A gateway of this process for one user, without a session and without a network: it answers by the socket alone.</summary>
internal sealed class LocalGateway : IAsyncDisposable
{
    /// <summary>The gateway that the program runs.</summary>
    public const string PluginName = "rest";

    private readonly IRunningGateway _running;
    private readonly GatewayPlace _place;

    private LocalGateway(IRunningGateway running, GatewayPlace place) => (_running, _place) = (running, place);

    /// <summary>Where it answers.</summary>
    public string Socket => _place.Socket;

    /// <summary>Starts it.</summary>
    /// <param name="run">The command.</param>
    /// <param name="place">The right to it, which it keeps.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<LocalGateway> StartAsync(Invocation run, GatewayPlace place, CancellationToken cancellation)
    {
        try
        {
            var gateway = run.Session().Catalog.Gateway(PluginName);
            var request = new GatewayRequest([new GatewayIdentity(run.Settings.User, place.Folder, place.Socket, null)])
            {
                // This one calls nobody; the gateway that does has its own rule.
                MayCallPrivateAddresses = true,
                Clock = run.Environment.Clock,
                ProgramVersion = VersionCommand.Version,
                Log = GatewayLog.To(run.Logging),
            };
            return new LocalGateway(await gateway.StartAsync(request, cancellation), place);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _running.DisposeAsync();
        _place.Dispose();
    }
}

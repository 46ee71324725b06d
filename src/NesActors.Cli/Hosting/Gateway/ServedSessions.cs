using NesActors.Cli.Commands;
using NesActors.Contracts.FrontEnd;
using NesActors.Plugins;

namespace NesActors.Cli.Hosting.Gateway;

/// <summary>All identities that this process serves.</summary>
internal sealed class ServedSessions : IAsyncDisposable
{
    private readonly List<ServedSession> _all = [];

    private ServedSessions()
    {
    }

    /// <summary>The plugins, as the first of them has it.</summary>
    public PluginCatalog Catalog => _all[0].Factory.Catalog;

    /// <summary>What the gateway is given of them.</summary>
    public IReadOnlyList<GatewayIdentity> Identities => [.. _all.Select(session => session.Identity)];

    /// <summary>Takes them, then opens their sessions: all or none.</summary>
    /// <param name="runs">The command, with the settings of each.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="CliException">One of them cannot be served.</exception>
    public static async Task<ServedSessions> OpenAsync(IReadOnlyList<Invocation> runs, CancellationToken cancellation)
    {
        var sessions = new ServedSessions();
        try
        {
            foreach (var run in runs) sessions._all.Add(await ServedSession.TakeAsync(run, cancellation));
            foreach (var session in sessions._all) await session.OpenAsync(cancellation);
            return sessions;
        }
        catch
        {
            await sessions.DisposeAsync();
            throw;
        }
    }

    /// <summary>The error for a gateway that serves no longer.</summary>
    /// <param name="end">With what it ended.</param>
    public async Task<CliException> EndedAsync(ObjectDisposedException end)
    {
        foreach (var session in _all)
        {
            try
            {
                await session.Messenger.StatusAsync(CancellationToken.None);
            }
            catch (ObjectDisposedException itself)
            {
                return new CliException(ExitCode.Network, $"{session.User}: the session has ended{(itself.InnerException is { } cause ? $": {cause.Message}" : "")}", itself);
            }
        }
        return new CliException(ExitCode.Network, end.Message, end);
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_all.Select(session => session.DisposeAsync().AsTask()));
}

using NesActors.Contracts;
using NesActors.Core.Attach;
using NesActors.Core.Hosting;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.Storage.State;

namespace NesActors.Cli.Hosting;

/// <summary>A session of this process, the directory that it asks, its durable memory, and the right to that memory.</summary>
internal sealed class RunningSession(NesHost host, RecordRenewal? renewal, IKeyDirectorySource directory, StateStore state, StateLock held) : ISharedSession
{
    private AttachServer? _server;

    /// <inheritdoc/>
    public IMessenger Messenger => host.Messenger;

    /// <inheritdoc/>
    public bool IsOwn => true;

    /// <summary>Lets other processes use the session.</summary>
    /// <param name="owner">What is told of this one.</param>
    /// <param name="commands">Runs the command lines that they hand over.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task ShareAsync(OwnerInfo owner, CommandRunner commands, CancellationToken cancellation) =>
        _server = await AttachServer.StartAsync(held, host, owner, cancellation, () => renewal?.Trouble, commands);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        if (renewal is not null) await renewal.DisposeAsync();
        await host.DisposeAsync();
        (directory as IDisposable)?.Dispose();
        state.Dispose();
        held.Dispose();
    }
}

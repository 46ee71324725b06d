using NesActors.Contracts;
using NesActors.Core.Hosting;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.Storage.State;

namespace NesActors.Cli.Hosting;

/// <summary>A session, the directory that it asks, and its durable memory.</summary>
internal sealed class RunningSession(NesHost host, IKeyDirectorySource directory, StateStore state) : IAsyncDisposable
{
    /// <summary>The session.</summary>
    public IMessenger Messenger => host.Messenger;

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        (directory as IDisposable)?.Dispose();
        state.Dispose();
    }
}

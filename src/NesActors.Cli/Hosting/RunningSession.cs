using NesActors.Contracts;
using NesActors.Core.Hosting;
using NesActors.Core.KeyDirectory.Sources;

namespace NesActors.Cli.Hosting;

/// <summary>A session, and the directory that it asks.</summary>
internal sealed class RunningSession(NesHost host, IKeyDirectorySource directory) : IAsyncDisposable
{
    /// <summary>The session.</summary>
    public IMessenger Messenger => host.Messenger;

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        (directory as IDisposable)?.Dispose();
    }
}

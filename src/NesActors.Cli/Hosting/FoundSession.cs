using NesActors.Contracts;
using NesActors.Core.Attach;

namespace NesActors.Cli.Hosting;

/// <summary>A session that another command started.</summary>
/// <param name="Owner">Which process runs it, and with what.</param>
/// <param name="Messenger">The session.</param>
/// <param name="Connection">What leads there; <see langword="null"/> where it is this process.</param>
internal sealed record FoundSession(OwnerInfo Owner, IMessenger Messenger, IDisposable? Connection) : IDisposable
{
    public void Dispose() => Connection?.Dispose();
}

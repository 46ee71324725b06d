using NesActors.Cli.Commands;
using NesActors.Contracts;
using NesActors.Core.Attach;

namespace NesActors.Cli.Hosting;

/// <summary>
/// The one session of a state folder: that of the process which runs it, or, where there is none, one of this process. It goes on when the process ends that ran it.
/// Nothing of a session is loaded where another process runs it.
/// </summary>
/// <param name="run">The command.</param>
/// <param name="search">Finds that process.</param>
/// <param name="own">Starts a session here; it keeps the lock as long as it lasts.</param>
internal sealed class SharedSession(Invocation run, OwnerSearch search, Func<StateLock, CancellationToken, Task<ISharedSession>> own)
{
    /// <summary>Attaches to a session, or starts one.</summary>
    /// <exception cref="CliException">Another process has the folder, and keeps it.</exception>
    public async Task<ContinuedMessenger> OpenAsync(CancellationToken cancellation) =>
        new(await FindAsync(cancellation), GoOnAsync, run.Environment.Clock);

    /// <summary>Attaches to the process that runs the session, whatever its network is.</summary>
    /// <param name="run">The command.</param>
    /// <param name="isOneShot">Whether the command does one thing and ends, see <see cref="AttachedMessenger.TryConnectAsync"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Null where nobody does.</returns>
    /// <exception cref="CliException">It runs another user's session.</exception>
    public static async Task<AttachedMessenger?> TryAttachAsync(Invocation run, bool isOneShot, CancellationToken cancellation)
    {
        if (await AttachedMessenger.TryConnectAsync(run.Settings.StateFolder, cancellation, isOneShot) is not { } attached) return null;
        if (attached.Me != run.Settings.User) throw Other(run, new FoundSession(attached.Owner, attached, attached), $"of {attached.Me}, not of {run.Settings.User}");
        return attached;
    }

    /// <summary>Lets go of a session that is another than that of the settings.</summary>
    public static CliException Other(Invocation run, FoundSession found, string difference)
    {
        found.Dispose();
        return CliException.Usage($"process {found.Owner.ProcessId} runs a session {difference}, in {run.Settings.StateFolder}: end it first, or give the same settings");
    }

    private Task<ISharedSession> GoOnAsync(CancellationToken cancellation)
    {
        if (!search.Quiet) run.Error.WriteLine($"notice: {run.Settings.User}: the process that ran the session has ended; going on without it");
        return FindAsync(cancellation);
    }

    private Task<ISharedSession> FindAsync(CancellationToken cancellation) =>
        search.FindAsync<ISharedSession>(found => Task.FromResult<ISharedSession>(new Attached(found)), held => own(held, cancellation), cancellation);

    private sealed class Attached(FoundSession found) : ISharedSession
    {
        public IMessenger Messenger => found.Messenger;

        public bool IsOwn => false;

        public ValueTask DisposeAsync()
        {
            found.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

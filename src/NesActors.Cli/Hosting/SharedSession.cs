using NesActors.Cli.Commands;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Attach;

namespace NesActors.Cli.Hosting;

/// <summary>
/// The one session of a state folder: that of the process which runs it, or, where there is none, one of this process. It goes on when the process ends that ran it.
/// Nothing of a session is loaded where another process runs it.
/// </summary>
/// <param name="run">The command.</param>
/// <param name="own">Starts a session here; it keeps the lock as long as it lasts.</param>
internal sealed class SharedSession(Invocation run, Func<StateLock, CancellationToken, Task<ISharedSession>> own)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>How long another process may start, or end, without a word about it.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    /// <summary>How long to wait for a process that has the state folder and shares its session not, because it only sends.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.MaxValue;

    /// <summary>Whether to tell of nothing but errors.</summary>
    public bool Quiet { get; init; }

    /// <summary>Attaches to a session, or starts one.</summary>
    /// <exception cref="CliException">Another process has the folder, and keeps it.</exception>
    public async Task<ContinuedMessenger> OpenAsync(CancellationToken cancellation) =>
        new(await FindAsync(cancellation), GoOnAsync, run.Environment.Clock);

    /// <summary>Attaches to the process that runs the session, whatever its network is.</summary>
    /// <returns>Null where nobody does.</returns>
    /// <exception cref="CliException">It runs another user's session.</exception>
    public static async Task<AttachedMessenger?> TryAttachAsync(Invocation run, CancellationToken cancellation)
    {
        if (await AttachedMessenger.TryConnectAsync(run.Settings.StateFolder, cancellation) is not { } attached) return null;
        if (attached.Me != run.Settings.User) throw Other(run, attached, $"of {attached.Me}, not of {run.Settings.User}");
        return attached;
    }

    /// <summary>What is sent or read here must not go another way than the person said.</summary>
    private static AttachedMessenger InSameNetwork(Invocation run, AttachedMessenger attached)
    {
        var (owner, settings) = (attached.Owner, run.Settings);
        if (owner.Broker != settings.Broker.ToString()) throw Other(run, attached, $"at the broker {owner.Broker}, not {settings.Broker}");
        if (owner.Directory != settings.Provider.ToString()) throw Other(run, attached, $"with the key directory {owner.Directory}, not {settings.Provider}");
        return attached;
    }

    private static CliException Other(Invocation run, AttachedMessenger attached, string difference)
    {
        attached.Dispose();
        return CliException.Usage($"process {attached.Owner.ProcessId} runs a session {difference}, in {run.Settings.StateFolder}: end it first, or give the same settings");
    }

    private Task<ISharedSession> GoOnAsync(CancellationToken cancellation)
    {
        Notice("the process that ran the session has ended; going on without it");
        return FindAsync(cancellation);
    }

    private async Task<ISharedSession> FindAsync(CancellationToken cancellation)
    {
        var clock = run.Environment.Clock;
        var began = clock.GetTimestamp();
        for (var isTold = false; ;)
        {
            if (await TryAttachAsync(run, cancellation) is { } attached) return new Attached(InSameNetwork(run, attached));
            if (StateLock.TryTake(run.Settings.StateFolder) is { } held) return await own(held, cancellation);
            var waited = clock.GetElapsedTime(began);
            if (waited >= Patience)
                throw new CliException(ExitCode.Network, $"another nes has used {run.Settings.StateFolder} all the time and shares its session not, nothing was sent; try again later");
            if (!isTold && waited >= Silence)
            {
                Notice($"waiting for another nes that uses {run.Settings.StateFolder}");
                isTold = true;
            }
            await Task.Delay(Interval, clock, cancellation);
        }
    }

    private void Notice(string text)
    {
        if (!Quiet) run.Error.WriteLine($"notice: {text}");
    }

    private sealed class Attached(AttachedMessenger messenger) : ISharedSession
    {
        public ISharedMessenger Messenger => messenger;

        public bool IsOwn => false;

        public ValueTask DisposeAsync()
        {
            messenger.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

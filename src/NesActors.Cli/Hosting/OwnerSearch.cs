using NesActors.Cli.Commands;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Attach;

namespace NesActors.Cli.Hosting;

/// <summary>Finds the process that runs the session of the state folder, or takes the folder for this process, whichever can be done first.</summary>
internal sealed class OwnerSearch(Invocation run)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>How long another process may start, or end, without a word about it.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    private bool _isAskedHere;

    /// <summary>How long to wait for a process that has the state folder and does not share its session, because it only sends.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.MaxValue;

    /// <summary>Whether to tell of nothing but errors.</summary>
    public bool Quiet { get; init; }

    /// <summary>Whether the command does one thing and ends, see <see cref="AttachedMessenger.TryConnectAsync"/>.</summary>
    public bool IsOneShot { get; init; }

    /// <summary>Searches until there is one.</summary>
    /// <param name="found">What to do with the session of another process, or with that to which the command was handed over.</param>
    /// <param name="taken">What to do with the folder, once it is this process's.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="NotHandedOverException">The command was handed over to another session, or to one that has ended.</exception>
    /// <exception cref="CliException">Another process has the folder, and keeps it; or it runs another session than that of the settings.</exception>
    public async Task<T> FindAsync<T>(Func<FoundSession, Task<T>> found, Func<StateLock, Task<T>> taken, CancellationToken cancellation)
    {
        if (run.Environment.HandedTo is { } here) return await found(Here(here));
        var clock = run.Environment.Clock;
        var began = clock.GetTimestamp();
        for (var isTold = false; ;)
        {
            if (await SharedSession.TryAttachAsync(run, IsOneShot, cancellation) is { } attached) return await found(InSameNetwork(new FoundSession(attached.Owner, attached, attached)));
            if (StateLock.TryTake(run.Settings.StateFolder) is { } held) return await taken(held);
            var waited = clock.GetElapsedTime(began);
            if (waited >= Patience)
                throw new CliException(ExitCode.Network, $"another nes has used {run.Settings.StateFolder} all the time and did not answer, nothing was sent; try again later");
            if (!isTold && waited >= Silence)
            {
                if (!Quiet) run.Error.WriteLine($"notice: waiting for another nes that uses {run.Settings.StateFolder}");
                isTold = true;
            }
            await Task.Delay(Interval, clock, cancellation);
        }
    }

    /// <summary>Once: who asks again has seen it end, and the process that handed the command over goes on without it.</summary>
    private FoundSession Here(RunningHere here)
    {
        var isTheOne = here.Owner.Me == run.Settings.User && here.StateFolder == run.Settings.StateFolder;
        if (!isTheOne || _isAskedHere) throw new NotHandedOverException();
        _isAskedHere = true;
        return InSameNetwork(new FoundSession(here.Owner, here.Messenger, Connection: null));
    }

    /// <summary>What is sent or read here must not go another way than the person said.</summary>
    private FoundSession InSameNetwork(FoundSession found)
    {
        var (owner, settings) = (found.Owner, run.Settings);
        if (owner.Broker != settings.Broker.ToString()) throw SharedSession.Other(run, found, $"at the broker {owner.Broker}, not {settings.Broker}");
        if (owner.Directory != settings.Provider.ToString()) throw SharedSession.Other(run, found, $"with the key directory {owner.Directory}, not {settings.Provider}");
        return found;
    }
}

using System.Runtime.InteropServices;

namespace NesActors.FrontEnd.Console.Chat.Screen;

/// <summary>
/// Notices that the terminal has gone: by SIGHUP, and where that does not arrive (nohup, a shell that was killed) by looking whether the
/// controlling terminal can still be opened. A program that goes on without it reads errors for ever.
/// </summary>
internal sealed class TerminalWatch : IDisposable
{
    private const string ControllingTerminal = "/dev/tty";
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration _hangUp;

    // Where there is no controlling terminal from the start (setsid), there is none to lose.
    private readonly bool _canLook = IsThere();

    /// <summary>Begins to watch for SIGHUP.</summary>
    public TerminalWatch() => _hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
    {
        signal.Cancel = true;
        _gone.TrySetResult();
    });

    /// <summary>Whether there was a terminal and there is none any more.</summary>
    public bool HasGone => _canLook && !IsThere();

    /// <summary>Ends when the terminal has gone, or is said to go.</summary>
    public async Task GoneAsync(TimeProvider clock, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        while (!_gone.Task.IsCompleted)
        {
            var tick = timer.WaitForNextTickAsync(cancellation).AsTask();
            await Task.WhenAny(_gone.Task, tick).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            if (HasGone) return;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _hangUp.Dispose();

    private static bool IsThere()
    {
        try
        {
            using var terminal = File.OpenHandle(ControllingTerminal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return true;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

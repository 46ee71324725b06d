using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace NesActors.PluginContracts.FrontEnd;

/// <summary>
/// What every front-end promises: it ends when it is told to, and when its session ends; it ends with an exit code and not with an
/// exception. Subclass it once for each verb.
/// </summary>
public abstract class FrontEndSpec
{
    /// <summary>How long anything may take before it counts as never.</summary>
    protected static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Whose session it is.</summary>
    protected static readonly Username Alice = Username.Parse("alice");

    /// <summary>With whom the session talks: the peer, where the verb needs one.</summary>
    protected static readonly Username Bob = Username.Parse("bob");

    /// <summary>The session.</summary>
    protected ScriptedMessenger Messenger { get; } = new(Alice, TimeProvider.System);

    /// <summary>Makes the front-end.</summary>
    protected abstract IFrontEnd Create();

    /// <summary>Makes a request for the verb in question.</summary>
    /// <param name="console">The streams it is to be run with; no terminal.</param>
    protected abstract FrontEndRequest Request(FrontEndConsole console);

    /// <summary>It ends when its token is cancelled, with an exit code.</summary>
    [Fact]
    public async Task Ends_when_it_is_cancelled()
    {
        using var ending = new CancellationTokenSource();
        using var input = new TypedInput();
        using var output = new RecordingWriter();
        var running = RunAsync(input, output, ending.Token);
        Messenger.Receive(Bob, "hello");
        await ending.CancelAsync();
        AssertExitCode(await running.WaitAsync(Limit));
    }

    /// <summary>It ends when its token was cancelled before it began.</summary>
    [Fact]
    public async Task Ends_when_it_was_cancelled_before_it_began()
    {
        using var input = new TypedInput();
        using var output = new RecordingWriter();
        AssertExitCode(await RunAsync(input, output, new CancellationToken(canceled: true)).WaitAsync(Limit));
    }

    /// <summary>It ends, with an exit code other than success, when the session has ended under it.</summary>
    [Fact]
    public async Task Ends_when_the_session_ends()
    {
        using var input = new TypedInput();
        using var output = new RecordingWriter();
        var running = RunAsync(input, output, CancellationToken.None);
        Messenger.End();
        var code = await running.WaitAsync(Limit);
        AssertExitCode(code);
        Assert.NotEqual(ExitCode.Done, code);
    }

    /// <summary>Runs the front-end, away from the test's own thread.</summary>
    protected Task<int> RunAsync(TypedInput input, TextWriter output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        var console = new FrontEndConsole(input.Reader, output, new RecordingWriter(), IsInteractive: false);
        return Task.Run(() => Create().RunAsync(Request(console), Messenger, cancellation), CancellationToken.None);
    }

    private static void AssertExitCode(int code) => Assert.InRange(code, ExitCode.Done, ExitCode.Unknown);
}

using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Console;
using NesActors.PluginContracts.FrontEnd;

namespace NesActors.FrontEnd.Tests.Plain;

/// <summary>The console front-end at work between pipes, with alice's scripted session.</summary>
internal sealed class ConsoleRun : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    public static readonly Username Alice = Username.Parse("alice");
    public static readonly Username Bob = Username.Parse("bob");
    public static readonly Username Carol = Username.Parse("carol");

    private readonly CancellationTokenSource _ending = new();
    private readonly Task<int> _running;

    public ConsoleRun(string verb, Action<ScriptedMessenger>? prepare = null, Func<FrontEndRequest, FrontEndRequest>? with = null, TimeProvider? clock = null)
    {
        clock ??= new StoppedClock();
        Messenger = new ScriptedMessenger(Alice, clock);
        prepare?.Invoke(Messenger);
        var request = new FrontEndRequest(verb, new FrontEndConsole(Input.Reader, Output, Errors, IsInteractive: false)) { Clock = clock };
        _running = Task.Run(() => new ConsoleFrontEnd().RunAsync(with?.Invoke(request) ?? request, Messenger, _ending.Token));
    }

    public ScriptedMessenger Messenger { get; }

    public TypedInput Input { get; } = new();

    public RecordingWriter Output { get; } = new();

    public RecordingWriter Errors { get; } = new();

    public Task<int> EndedAsync() => _running.WaitAsync(Limit);

    public async Task<int> CancelAsync()
    {
        await _ending.CancelAsync();
        return await EndedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Input.Dispose();
        await CancelAsync();
        _ending.Dispose();
    }
}

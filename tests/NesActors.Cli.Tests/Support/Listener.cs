using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Tests.Support;

/// <summary>A <c>listen</c> in this process.</summary>
internal sealed class Listener : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<int> _running;

    private Listener(Func<TextWriter, TextWriter, CancellationToken, Task<int>> run) => _running = run(Output, Notices, _stop.Token);

    /// <summary>What has come.</summary>
    public LineWatcher Output { get; } = new();

    /// <summary>What it says of itself.</summary>
    public LineWatcher Notices { get; } = new();

    /// <summary>Starts one, and waits until it is online.</summary>
    public static async Task<Listener> StartAsync(TestCli cli, string user, TestNetwork network)
    {
        var listener = new Listener((output, notices, stop) => Cli.RunAsync(["listen", "-u", user, .. network.Options], cli.EnvironmentWith(TextReader.Null, output, notices), stop));
        await listener.Notices.LineAsync(line => line.EndsWith("online", StringComparison.Ordinal));
        return listener;
    }

    public void Dispose()
    {
        _stop.Cancel();
        Assert.Equal(ExitCode.Done, _running.WaitAsync(TimeSpan.FromSeconds(60)).GetAwaiter().GetResult());
        _stop.Dispose();
    }
}

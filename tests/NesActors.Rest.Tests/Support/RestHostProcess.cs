using System.Diagnostics;
using System.Net.Sockets;

namespace NesActors.Rest.Tests.Support;

/// <summary>The program tests/RestHost: alice and her gateway in a process of their own, which can be killed.</summary>
internal sealed class RestHostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly string _folder;

    private RestHostProcess(Process process, string folder) => (_process, _folder) = (process, folder);

    /// <summary>Starts it.</summary>
    /// <param name="folder">Alice's state folder.</param>
    /// <param name="broker">Where to.</param>
    /// <param name="stops">Where it stands still when it is to send: <c>before</c> or <c>after</c> its session has taken the message, or <c>never</c>.</param>
    public static async Task<RestHostProcess> StartAsync(string folder, Uri broker, string stops)
    {
        var start = new ProcessStartInfo("dotnet", [Program(), folder, broker.ToString(), stops]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        var host = new RestHostProcess(Process.Start(start)!, folder);
        await host.SaysAsync("ready");
        return host;
    }

    /// <summary>Waits for a line.</summary>
    public async Task SaysAsync(string line)
    {
        using var limit = new CancellationTokenSource(Patience);
        Assert.Equal(line, await _process.StandardOutput.ReadLineAsync(limit.Token));
    }

    /// <summary>Ends it without a word, as <c>kill -9</c> does.</summary>
    public Task KillAsync()
    {
        _process.Kill();
        return _process.WaitForExitAsync();
    }

    /// <summary>A client by alice's socket.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(_folder, "api.sock")), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = new Uri("http://localhost") };

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>The program as the build of this configuration left it.</summary>
    private static string Program()
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = framework.Parent!;
        var tests = configuration.Parent!.Parent!.Parent!;
        var file = Path.Combine(tests.FullName, "RestHost", "bin", configuration.Name, framework.Name, "RestHost.dll");
        return File.Exists(file) ? file : throw new FileNotFoundException("The test's program was not built.", file);
    }
}

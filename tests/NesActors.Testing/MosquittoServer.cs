using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace NesActors.Testing;

/// <summary>
/// A real mosquitto on a free port of the loopback interface, with its files in a temporary folder. It can be ended and started again at the same port; what it keeps then its
/// options say. Disposing kills it.
/// </summary>
public sealed class MosquittoServer : IAsyncDisposable
{
    /// <summary>The program that a test needs which starts one.</summary>
    public const string Program = "mosquitto";

    private const int Attempts = 5;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(20);

    private const int Sigterm = 15;

    private readonly DirectoryInfo _folder;
    private readonly string _configuration;
    private readonly StringBuilder _log = new();
    private Process _process;
    private TaskCompletionSource<bool> _started = null!;
    private bool _isDisposed;

    private MosquittoServer(MosquittoOptions options, int port)
    {
        Port = port;
        Address = new Uri($"{options.Scheme}://127.0.0.1:{port}");
        _folder = Directory.CreateTempSubdirectory("nes-mosquitto-");
        _configuration = options.Write(_folder.FullName, port);
        _process = NewProcess();
    }

    /// <summary>The port at which it listens.</summary>
    public int Port { get; }

    /// <summary>Its address, with the scheme that fits its options.</summary>
    public Uri Address { get; }

    /// <summary>The processor time that it has taken so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>What it has logged so far.</summary>
    public string Log
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    /// <summary>Starts one; when this returns, it takes connections.</summary>
    /// <exception cref="InvalidOperationException">It is not installed, or ended at once; the message holds its log.</exception>
    public static async Task<MosquittoServer> StartAsync(MosquittoOptions? options = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            var server = new MosquittoServer(options ?? new MosquittoOptions(), FreePort.Next());
            if (await server.RunAsync()) return server;
            await server.DisposeAsync();
            // Another program may have taken the port meanwhile.
            if (attempt == Attempts || !server.Log.Contains("Address already in use", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"mosquitto did not start:\n{server.Log}");
            }
        }
    }

    /// <summary>Ends it without a word, as a crash does, and starts it again.</summary>
    public async Task CrashAsync()
    {
        await KillAsync();
        await StartAgainAsync();
    }

    /// <summary>Ends it without a word, as a crash does; nobody listens at its port until it is started again.</summary>
    public Task KillAsync()
    {
        _process.Kill();
        return _process.WaitForExitAsync();
    }

    /// <summary>Starts it again at the same port, after it has ended.</summary>
    public async Task StartAgainAsync()
    {
        _process.Dispose();
        _process = NewProcess();
        if (!await RunAsync()) throw new InvalidOperationException($"mosquitto did not start again:\n{Log}");
    }

    /// <summary>Asks it to end, waits until it has, and starts it again.</summary>
    public async Task RestartAsync()
    {
        if (Kill(_process.Id, Sigterm) != 0) throw new InvalidOperationException("mosquitto cannot be told to end.");
        await _process.WaitForExitAsync();
        await StartAgainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private Process NewProcess()
    {
        var start = new ProcessStartInfo(RealParts.Require(Program), ["-c", _configuration]);
        (start.RedirectStandardError, start.UseShellExecute) = (true, false);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var started = _started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => started.TrySetResult(false);
        return process;
    }

    private async Task<bool> RunAsync()
    {
        _process.Start();
        _process.BeginErrorReadLine();
        var isRunning = await _started.Task.WaitAsync(StartTimeout);
        // The end may be noticed before the last lines of the log.
        if (!isRunning) await _process.WaitForExitAsync();
        return isRunning;
    }

    private void Read(string? line)
    {
        if (line is null) return;
        lock (_log) _log.AppendLine(line);
        if (line.Contains("mosquitto version", StringComparison.Ordinal) && line.EndsWith("running", StringComparison.Ordinal)) _started.TrySetResult(true);
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}

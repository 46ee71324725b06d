using System.Diagnostics;
using System.Text;

namespace NesActors.Testing;

/// <summary>A real mosquitto on a free port of the loopback interface, with its files in a temporary folder. Disposing kills it: sessions are lost.</summary>
public sealed class MosquittoServer : IAsyncDisposable
{
    /// <summary>The program that a test needs which starts one.</summary>
    public const string Program = "mosquitto";

    private const int Attempts = 5;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly StringBuilder _log = new();
    private readonly TaskCompletionSource<bool> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isDisposed;

    private MosquittoServer(MosquittoOptions options, int port)
    {
        Port = port;
        Address = new Uri($"{options.Scheme}://127.0.0.1:{port}");
        _folder = Directory.CreateTempSubdirectory("nes-mosquitto-");
        var start = new ProcessStartInfo(RealParts.Require(Program), ["-c", options.Write(_folder.FullName, port)]);
        (start.RedirectStandardError, start.UseShellExecute) = (true, false);
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _started.TrySetResult(false);
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

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
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
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace NesActors.EndToEnd.Tests.Support;

/// <summary>A running command: its lines as they come, and its end.</summary>
internal sealed class NesProcess : IAsyncDisposable
{
    private const int Sigterm = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Lines _output = new();
    private readonly Lines _error = new();

    private NesProcess(Process process) => _process = process;

    /// <summary>Its id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>What it has written to standard output.</summary>
    public string Output => _output.ToString();

    /// <summary>What it has written to standard error.</summary>
    public string Error => _error.ToString();

    public static NesProcess Start(ProcessStartInfo start)
    {
        var process = new Process { StartInfo = start };
        var running = new NesProcess(process);
        process.OutputDataReceived += (_, line) => running._output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => running._error.Add(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return running;
    }

    /// <summary>Waits for a line on standard output.</summary>
    public Task<string> SaysAsync(string text) => SaysAsync(line => line.Contains(text, StringComparison.Ordinal), text);

    /// <summary>Waits for a line on standard output.</summary>
    public async Task<string> SaysAsync(Func<string, bool> wanted, string what)
    {
        try
        {
            return await _output.FindAsync(wanted).WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The program did not say {what}. It said:\n{Output}\n{Error}");
        }
    }

    /// <summary>Waits for a line on standard error, to be there so many times.</summary>
    public async Task<string> NoticesAsync(string text, int times = 1)
    {
        try
        {
            var found = 0;
            return await _error.FindAsync(line => line.Contains(text, StringComparison.Ordinal) && ++found == times).WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The program did not notice {text}. It said:\n{Output}\n{Error}");
        }
    }

    public async Task WriteAsync(string input)
    {
        await _process.StandardInput.WriteAsync(input);
        await _process.StandardInput.FlushAsync();
    }

    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Asks it to end, as a service manager does.</summary>
    public void Terminate()
    {
        if (Kill(_process.Id, Sigterm) != 0) throw new InvalidOperationException($"Process {_process.Id} cannot be told to end.");
    }

    /// <summary>Ends it without a word, as kill -9 does.</summary>
    public Task KillAsync()
    {
        _process.Kill();
        return _process.WaitForExitAsync();
    }

    /// <summary>Waits for its end.</summary>
    public async Task<int> ExitAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The program did not end. It said:\n{Output}\n{Error}");
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);

    /// <summary>Lines so far, and waiting for one that is to come.</summary>
    private sealed class Lines
    {
        private readonly List<string> _lines = [];
        private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Add(string? line)
        {
            if (line is null) return;
            TaskCompletionSource grown;
            lock (_lines)
            {
                _lines.Add(line);
                (grown, _grown) = (_grown, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            grown.SetResult();
        }

        public async Task<string> FindAsync(Func<string, bool> wanted)
        {
            for (var seen = 0; ;)
            {
                Task grown;
                lock (_lines)
                {
                    for (; seen < _lines.Count; seen++)
                    {
                        if (wanted(_lines[seen])) return _lines[seen];
                    }

                    grown = _grown.Task;
                }

                await grown;
            }
        }

        public override string ToString()
        {
            lock (_lines) return _lines.Aggregate(new StringBuilder(), (text, line) => text.Append(line).Append('\n')).ToString();
        }
    }
}

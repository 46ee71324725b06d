using System.Text;

namespace NesActors.Cli.Tests.Support;

/// <summary>A writer whose lines a test waits for.</summary>
public sealed class LineWatcher : StringWriter
{
    private readonly object _lock = new();
    private readonly List<(Func<string, bool> Is, TaskCompletionSource<string> Found)> _waiting = [];
    private readonly StringBuilder _line = new();
    private readonly List<string> _lines = [];

    public override Encoding Encoding => Encoding.UTF8;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock) return [.. _lines];
        }
    }

    /// <summary>The first line of this kind, whether it was written already or comes yet.</summary>
    public Task<string> LineAsync(Func<string, bool> isIt)
    {
        lock (_lock)
        {
            if (_lines.FirstOrDefault(isIt) is { } line) return Task.FromResult(line);
            var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((isIt, found));
            return found.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    public override void Write(char value)
    {
        lock (_lock)
        {
            if (value != '\n')
            {
                _line.Append(value);
                return;
            }
            var line = _line.ToString();
            _line.Clear();
            _lines.Add(line);
            foreach (var (_, found) in _waiting.Where(entry => entry.Is(line))) found.TrySetResult(line);
        }
    }

    public override void Write(string? value)
    {
        foreach (var c in value ?? "") Write(c);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        foreach (var c in buffer.AsSpan(index, count)) Write(c);
    }

    public override void WriteLine(string? value) => Write(value + "\n");
}

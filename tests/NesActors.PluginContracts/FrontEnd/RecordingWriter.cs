using System.Text;

namespace NesActors.PluginContracts.FrontEnd;

/// <summary>An output that remembers what was written, for a test that waits for it.</summary>
public sealed class RecordingWriter : TextWriter
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>All that was written so far.</summary>
    public string Text
    {
        get
        {
            lock (_lock) return _text.ToString();
        }
    }

    /// <summary>What was written so far, as lines; the last may be unfinished.</summary>
    public IReadOnlyList<string> Lines => Text.TrimEnd('\n').Split('\n');

    /// <summary>Waits until a text stands in the output.</summary>
    /// <param name="text">What to wait for.</param>
    /// <param name="limit">How long.</param>
    /// <exception cref="TimeoutException">It was not written in time.</exception>
    public async Task WaitForAsync(string text, TimeSpan limit)
    {
        using var ending = new CancellationTokenSource(limit);
        while (true)
        {
            Task more;
            lock (_lock)
            {
                if (_text.ToString().Contains(text, StringComparison.Ordinal)) return;
                more = _more.Task;
            }
            try
            {
                await more.WaitAsync(ending.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"'{text}' was not written, but: {Text}");
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        lock (_lock)
        {
            _text.Append(value);
            _more.SetResult();
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}

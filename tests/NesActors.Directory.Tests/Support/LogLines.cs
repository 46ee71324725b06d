using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace NesActors.Directory.Tests.Support;

/// <summary>What a server logs, line by line, of every category and level.</summary>
internal sealed class LogLines : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<string> _all = new();
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public IReadOnlyCollection<string> All => _all;

    /// <summary>Takes lines until one holds the text.</summary>
    public async Task<string> NextAsync(string text)
    {
        using var limit = new CancellationTokenSource(Patience.Limit);
        while (true)
        {
            var line = await _lines.Reader.ReadAsync(limit.Token);
            if (line.Contains(text, StringComparison.Ordinal)) return line;
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = $"{logLevel}: {formatter(state, exception)} {exception}";
        _all.Enqueue(line);
        _lines.Writer.TryWrite(line);
    }

    public void Dispose() { }
}

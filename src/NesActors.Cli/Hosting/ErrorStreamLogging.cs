using System.Globalization;
using Microsoft.Extensions.Logging;
using NesActors.Cli.Commands;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Hosting;

/// <summary>The log: lines on standard error, written at once, so that they stand in order with the program's own.</summary>
/// <param name="environment">The stream and the clock.</param>
/// <param name="least">What is below is left out.</param>
/// <param name="json">One JSON object a line, with the time in UTC, in place of text.</param>
internal sealed class ErrorStreamLogging(CliEnvironment environment, LogLevel least, bool json = false) : ILoggerFactory
{
    private LogLevel Least { get; } = least;

    private readonly TextWriter _output = TextWriter.Synchronized(environment.Error);

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The log goes to standard error alone.");

    public void Dispose() => _output.Flush();

    private void Write(LogLevel level, string category, string text, Exception? error)
    {
        if (json)
        {
            _output.WriteLine(JsonLine.Of(
                ("time", environment.Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)), ("level", level.ToString().ToLowerInvariant()),
                ("category", category), ("message", text), ("error", error?.GetType().Name), ("reason", error?.Message)));
            return;
        }
        var time = environment.Clock.GetLocalNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        var line = $"{category}: {text}{(error is null ? "" : $" ({error.GetType().Name}: {error.Message})")}";
        _output.WriteLine($"{time} {level.ToString().ToLowerInvariant(),-11} {string.Join("\n    ", TerminalText.Lines(line))}");
    }

    private sealed class Category(ErrorStreamLogging log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= log.Least && logLevel < LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) log.Write(logLevel, name, formatter(state, exception), exception);
        }
    }
}

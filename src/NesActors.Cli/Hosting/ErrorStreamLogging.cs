using System.Globalization;
using Microsoft.Extensions.Logging;

namespace NesActors.Cli.Hosting;

/// <summary>The log: lines on standard error, written at once, so that they stand in order with the program's own.</summary>
internal sealed class ErrorStreamLogging(CliEnvironment environment, LogLevel least) : ILoggerFactory
{
    private LogLevel Least { get; } = least;

    private readonly TextWriter _output = TextWriter.Synchronized(environment.Error);

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The log goes to standard error alone.");

    public void Dispose() => _output.Flush();

    private void Write(LogLevel level, string category, string text, Exception? error)
    {
        var time = environment.Clock.GetLocalNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        _output.WriteLine($"{time} {level.ToString().ToLowerInvariant(),-11} {category}: {text}{(error is null ? "" : $" ({error.GetType().Name}: {error.Message})")}");
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

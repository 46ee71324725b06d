using Microsoft.Extensions.Logging;
using NesActors.Contracts.FrontEnd;

namespace NesActors.FrontEnd.Rest.Hosting;

/// <summary>Hands what is logged here to the program.</summary>
internal sealed class GatewayLogging(Action<LogLine> log) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Category(log, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    public void Dispose()
    {
        // The log is the program's.
    }

    private sealed class Category(Action<LogLine> log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Debug and < LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) log(new LogLine(SeverityOf(logLevel), name, formatter(state, exception)) { Error = exception });
        }

        private static LogSeverity SeverityOf(LogLevel level) => level switch
        {
            LogLevel.Debug => LogSeverity.Debug,
            LogLevel.Information => LogSeverity.Information,
            LogLevel.Warning => LogSeverity.Warning,
            _ => LogSeverity.Error,
        };
    }
}

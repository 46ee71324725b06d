using Microsoft.Extensions.Logging;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Hosting.Gateway;

/// <summary>Takes the log of a gateway, as plugins write it, into that of the program.</summary>
internal static class GatewayLog
{
    public static Action<LogLine> To(ILoggerFactory logging)
    {
        var loggers = new System.Collections.Concurrent.ConcurrentDictionary<string, ILogger>(StringComparer.Ordinal);
        return line => loggers.GetOrAdd(line.Category, logging.CreateLogger).Log(LevelOf(line.Level), 0, line.Text, line.Error, (text, _) => text);
    }

    private static LogLevel LevelOf(LogSeverity severity) => severity switch
    {
        LogSeverity.Debug => LogLevel.Debug,
        LogSeverity.Information => LogLevel.Information,
        LogSeverity.Warning => LogLevel.Warning,
        _ => LogLevel.Error,
    };
}

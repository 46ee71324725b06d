using Akka.Actor;
using Akka.Event;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace NesActors.Core.Hosting;

/// <summary>
/// Stands for Akka's logger of standard output in the settings of the actor system. Whatever its level, that one is told what the actors' log has not written yet when it stops, and would print
/// that amid what a command prints for others to read.
/// </summary>
internal sealed class LateLog : MinimalLogger
{
    /// <summary>Where the rest of the log goes.</summary>
    public ILoggerFactory Factory { get; set; } = NullLoggerFactory.Instance;

    protected override void Log(object message)
    {
        if (message is LogEvent line) Factory.CreateLogger(nameof(ActorSystem)).Log(LevelOf(line), line.Cause, "{Line}", line);
    }

    private static LogLevel LevelOf(LogEvent line) => line switch
    {
        Error => LogLevel.Error,
        Warning => LogLevel.Warning,
        Info => LogLevel.Information,
        _ => LogLevel.Debug,
    };
}

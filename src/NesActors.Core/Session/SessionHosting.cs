using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.Logging;
using NesActors.Contracts;
using NesActors.Core.Hosting;
using NesActors.Core.Storage;

namespace NesActors.Core.Session;

/// <summary>Wires a session into an actor system.</summary>
internal static class SessionHosting
{
    /// <summary>Starts the session of <paramref name="options"/> under the parent of all sessions.</summary>
    public static AkkaConfigurationBuilder WithSession(
        this AkkaConfigurationBuilder akka, NesHostOptions options, SessionTuning tuning, IMessageStore store, Leftovers leftovers, SessionEnd end) =>
        akka.WithActors((system, registry, _) =>
        {
            var sessions = new Dictionary<Username, Props>
            {
                [options.Identity.User] = ActorProps.Of(() => new SessionActor(options, tuning, store, leftovers)),
            };
            registry.Register<SessionsActor>(system.ActorOf(ActorProps.Of(() => new SessionsActor(sessions, end)), "sessions"));
        });

    /// <summary>Sends the actors' log where the rest of the program's goes, to its last line.</summary>
    public static AkkaConfigurationBuilder WithLogging(this AkkaConfigurationBuilder akka, ILoggerFactory factory) =>
        akka.ConfigureLoggers(loggers =>
        {
            loggers.ClearLoggers();
            loggers.AddLoggerFactory(factory);
        }).AddStartup((system, _) =>
        {
            if (system.Settings.StdoutLogger is LateLog late) late.Factory = factory;
        });
}

using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NesActors.Core.Hosting;
using NesActors.Core.Session;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace NesActors.Core.Tests.Hosting;

public sealed class LateLogTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_the_log_has_not_written_when_it_stops_goes_where_the_rest_went_and_not_to_standard_output()
    {
        using var log = new GatedLog();
        using var host = new HostBuilder()
            .ConfigureServices(services => services.AddAkka("test", akka => akka.AddHocon(NesHocon.Load(null), HoconAddMode.Prepend).WithLogging(log)))
            .Build();
        await host.StartAsync();
        var system = host.Services.GetRequiredService<ActorSystem>();
        var logger = Assert.IsAssignableFrom<IInternalActorRef>(await system.ActorSelection("/system/log*").ResolveOne(Patience));

        foreach (var line in (string[])["first", "second", "third"]) system.Log.Warning(line);
        Assert.True(log.Entered.Wait(Patience));
        logger.Stop();
        log.Gate.Set();
        await host.StopAsync();

        Assert.Equal(["first", "second", "third"], log.Lines);
    }

    /// <summary>Takes its first warning, and does not go on before it may.</summary>
    private sealed class GatedLog : ILoggerFactory, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = [];

        public ManualResetEventSlim Entered { get; } = new();

        public ManualResetEventSlim Gate { get; } = new();

        public IEnumerable<string> Lines => _lines.Select(line => line[(line.LastIndexOf(' ') + 1)..]);

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            Entered.Set();
            Assert.True(Gate.Wait(Patience));
            _lines.Enqueue(formatter(state, exception));
        }

        public void Dispose()
        {
            Entered.Dispose();
            Gate.Dispose();
        }
    }
}

using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NesActors.Directory;

namespace NesActors.Cli.Tests.Support;

/// <summary>A real key directory that writes its links to the log, with a clock that the test moves.</summary>
public sealed partial class LinkedDirectory : IAsyncLifetime
{
    private readonly string _data = System.IO.Directory.CreateTempSubdirectory("nes-cli-dir-").FullName;
    private readonly LogFactory _log = new();
    private DirectoryServer? _server;

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.UtcNow);

    public string[] Options => ["-p", _server!.BaseAddress.ToString(), "-P", Path.Combine(_data, "directory.pub")];

    /// <summary>The links that were written for a user, in order: of a registration the one that activates and the one that deletes; of a recovery the one
    /// that confirms and the one that cancels.</summary>
    public IReadOnlyList<string> LinksOf(string user) =>
        [.. _log.Lines.SelectMany(line => Links().Matches(line)).Select(match => match.Value).Where(link => link.Contains($"/users/{user}/", StringComparison.Ordinal))];

    public async Task InitializeAsync()
    {
        DirectoryKey.Create(Path.Combine(_data, "directory.key"), 2048);
        _server = await DirectoryServer.StartAsync(
            new DirectoryOptions
            {
                Listen = new Uri("http://127.0.0.1:0"),
                DataFolder = _data,
                Activation = ActivationMode.Log,
                Limits = null,
                Clock = Clock,
                LoggerFactory = _log,
            },
            default);
    }

    public async Task DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        System.IO.Directory.Delete(_data, recursive: true);
    }

    [GeneratedRegex(@"http://[^\s]+")]
    private static partial Regex Links();

    private sealed class LogFactory : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));

        public void Dispose() { }
    }
}

using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Extensions.Time.Testing;
using NesActors.Core.KeyDirectory.Sources;
using Npgsql;

namespace NesActors.Directory.Tests.Support;

/// <summary>A real directory on a free port of loopback, with a clock that the test moves, and clients of it.</summary>
internal sealed partial class TestDirectory : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ActivationMode _activation;
    private readonly TimeSpan _databaseTimeout;
    private readonly string? _postgres;
    private readonly Func<DirectoryOptions, DirectoryOptions> _configure;
    private DirectoryServer _server = null!;

    private TestDirectory(ActivationMode activation, TimeSpan databaseTimeout, string? postgres, Func<DirectoryOptions, DirectoryOptions>? configure) =>
        (_activation, _databaseTimeout, _postgres, _configure) = (activation, databaseTimeout, postgres, configure ?? (options => options));

    public LogLines Log { get; } = new();

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public HttpClient Http { get; private set; } = null!;

    public DirectoryServer Server => _server;

    public TempFolder Folder => _folder;

    /// <summary>The connection string of its PostgreSQL database; null: SQLite.</summary>
    public string? Postgres => _postgres;

    /// <param name="activation">What registrations wait for.</param>
    /// <param name="databaseTimeout">Long unless the test is about it: a busy machine takes seconds to write.</param>
    /// <param name="postgres">The connection string of a PostgreSQL database; null: SQLite.</param>
    /// <param name="prepare">What to put into the data folder first.</param>
    /// <param name="configure">Changes other options, before each start.</param>
    public static async Task<TestDirectory> StartAsync(
        ActivationMode activation = ActivationMode.None, TimeSpan? databaseTimeout = null, string? postgres = null, Action<TempFolder>? prepare = null,
        Func<DirectoryOptions, DirectoryOptions>? configure = null)
    {
        var directory = new TestDirectory(activation, databaseTimeout ?? Patience.Limit, postgres, configure);
        TestKeys.PutDirectoryKey(directory._folder);
        prepare?.Invoke(directory._folder);
        await directory.OpenAsync();
        return directory;
    }

    public async Task RestartAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
        await OpenAsync();
    }

    /// <summary>Stops the server.</summary>
    /// <returns>Everything that its database holds: the file of SQLite as it lies there, the rows of PostgreSQL.</returns>
    public async Task<string> StopAndReadDatabaseAsync()
    {
        await _server.DisposeAsync();
        if (_postgres is null) return await File.ReadAllTextAsync(_folder.File("directory.db"), Encoding.Latin1);
        await using var connection = new NpgsqlConnection(_postgres + ";Pooling=false");
        var tables = await connection.QueryAsync<string>("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
        var rows = new StringBuilder();
        foreach (var table in tables) rows.AppendJoin('\n', await connection.QueryAsync<string>($"SELECT t::text FROM {table} t"));
        return rows.ToString();
    }

    public HttpKeyDirectory Client() => new(new HttpKeyDirectoryOptions(_server.BaseAddress, _server.PublicKeyPem) { Timeout = Patience.Limit, Clock = Clock });

    public Task<HttpResponseMessage> RegisterAsync(string user, string keysOf = "amy", string email = "somebody@example.org") =>
        RegisterAsync(TestKeys.Registration(user, keysOf, email));

    public Task<HttpResponseMessage> RegisterAsync(object body) => Http.PostAsJsonAsync("users", body);

    /// <summary>Registers a user and reads both links from the log.</summary>
    public async Task<(Uri Activation, Uri Deletion)> RegisterForLinksAsync(string user, string keysOf = "amy")
    {
        using var response = await RegisterAsync(user, keysOf);
        Assert.Equal(System.Net.HttpStatusCode.Created, response.StatusCode);
        return await NextLinksAsync($"For {user}: to activate");
    }

    /// <summary>The two links of the next line of the log that holds a text.</summary>
    public async Task<(Uri First, Uri Second)> NextLinksAsync(string text)
    {
        var links = Links().Matches(await Log.NextAsync(text));
        return (new Uri(links[0].Value), new Uri(links[1].Value));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private async Task OpenAsync()
    {
        _server = await DirectoryServer.StartAsync(
            _configure(new DirectoryOptions
            {
                Listen = new Uri("http://127.0.0.1:0"),
                DataFolder = _folder.Path,
                Activation = _activation,
                DatabaseTimeout = _databaseTimeout,
                PostgresConnection = _postgres,
                Clock = Clock,
                LoggerFactory = Log,
                // A test that is about limits sets them.
                Limits = null,
            }),
            CancellationToken.None);
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = _server.BaseAddress };
    }

    [GeneratedRegex(@"http://[^\s]+")]
    private static partial Regex Links();
}

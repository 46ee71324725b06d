using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using NesActors.Core.KeyDirectory.Sources;

namespace NesActors.Directory.Tests.Support;

/// <summary>A real directory on a free port of loopback, with a clock that the test moves, and clients of it.</summary>
internal sealed partial class TestDirectory : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ActivationMode _activation;
    private readonly TimeSpan _databaseTimeout;
    private DirectoryServer _server = null!;

    private TestDirectory(ActivationMode activation, TimeSpan databaseTimeout) => (_activation, _databaseTimeout) = (activation, databaseTimeout);

    public LogLines Log { get; } = new();

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public HttpClient Http { get; private set; } = null!;

    public DirectoryServer Server => _server;

    public TempFolder Folder => _folder;

    /// <param name="activation">What registrations wait for.</param>
    /// <param name="databaseTimeout">Long unless the test is about it: a busy machine takes seconds to write.</param>
    public static async Task<TestDirectory> StartAsync(ActivationMode activation = ActivationMode.None, TimeSpan? databaseTimeout = null)
    {
        var directory = new TestDirectory(activation, databaseTimeout ?? Patience.Limit);
        TestKeys.PutDirectoryKey(directory._folder);
        await directory.OpenAsync();
        return directory;
    }

    public async Task RestartAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
        await OpenAsync();
    }

    public HttpKeyDirectory Client() => new(new HttpKeyDirectoryOptions(_server.BaseAddress, _server.PublicKeyPem) { Timeout = Patience.Limit, Clock = Clock });

    public Task<HttpResponseMessage> RegisterAsync(string user, string keysOf = "amy", string email = "somebody@example.org") => RegisterAsync(new
    {
        username = user,
        email,
        public_key_message = TestKeys.Message(keysOf),
        public_key_sign = TestKeys.Sign(keysOf),
    });

    public Task<HttpResponseMessage> RegisterAsync(object body) => Http.PostAsJsonAsync("users", body);

    /// <summary>Registers a user and reads both links from the log.</summary>
    public async Task<(Uri Activation, Uri Deletion)> RegisterForLinksAsync(string user)
    {
        using var response = await RegisterAsync(user);
        Assert.Equal(System.Net.HttpStatusCode.Created, response.StatusCode);
        var links = Links().Matches(await Log.NextAsync($"{user} registered."));
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
            new DirectoryOptions
            {
                Listen = new Uri("http://127.0.0.1:0"),
                DataFolder = _folder.Path,
                Activation = _activation,
                DatabaseTimeout = _databaseTimeout,
                Clock = Clock,
                LoggerFactory = Log,
            },
            CancellationToken.None);
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = _server.BaseAddress };
    }

    [GeneratedRegex(@"http://[^\s]+")]
    private static partial Regex Links();
}

using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Rest.Hosting;

namespace NesActors.Rest.Tests.Support;

/// <summary>A gateway at work, and clients of it.</summary>
internal sealed class LabGateway : IAsyncDisposable
{
    private readonly GatewayRequest _request;
    private readonly List<HttpClient> _clients = [];
    private bool _disposed;

    private LabGateway(IRunningGateway running, GatewayRequest request) => (Running, _request) = (running, request);

    public IRunningGateway Running { get; }

    public Uri Address => Running.Addresses.Single();

    /// <summary>What was logged.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<LogLine> Log { get; private init; } = new();

    public static async Task<LabGateway> StartAsync(IGateway gateway, GatewayRequest request)
    {
        var log = new System.Collections.Concurrent.ConcurrentQueue<LogLine>();
        return new LabGateway(await gateway.StartAsync(request with { Log = log.Enqueue }, default), request) { Log = log };
    }

    /// <summary>Waits until so many streams of a kind are open, asking meanwhile for something else.</summary>
    public async Task OpenAsync(string kind, int count)
    {
        using var socket = BySocket(_request.Identities[0].User.Value);
        while (((RunningGateway)Running).Streams.Open().Single(open => Equals(open.Tags[0].Value, kind)).Value != count) (await socket.GetAsync("/v1/identities")).Dispose();
    }

    /// <summary>A client without a token.</summary>
    public HttpClient Anonymous() => Keep(new HttpClient { BaseAddress = Address });

    /// <summary>A client with a token, as it is.</summary>
    public HttpClient With(string secret)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    /// <summary>A client with a new token for an identity.</summary>
    public async Task<HttpClient> AsAsync(string user, params string[] scopes) => With(await TokenAsync(user, scopes));

    /// <summary>The secret of a new token for an identity.</summary>
    public async Task<string> TokenAsync(string user, params string[] scopes)
    {
        using var socket = BySocket(user);
        using var answer = await socket.PostAsJsonAsync("/v1/tokens", new { name = "test", scopes });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("secret").GetString()!;
    }

    /// <summary>A client by the socket of an identity: it needs no token.</summary>
    public HttpClient BySocket(string user)
    {
        var path = _request.Identities.Single(identity => identity.User.Value == user).Socket;
        return new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        { BaseAddress = new Uri("http://localhost") };
    }

    /// <summary>Ends it; its clients stay.</summary>
    public async Task StopAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await Running.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        await StopAsync();
    }

    private HttpClient Keep(HttpClient client)
    {
        _clients.Add(client);
        return client;
    }
}

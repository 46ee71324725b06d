using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NesActors.Cli.Commands;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Attach;

namespace NesActors.Cli.Hosting.Gateway;

/// <summary>
/// The API of the user's gateway, for commands that manage what the gateway keeps: by the socket of the process that serves the user, or, where none does, by that of a gateway of this process,
/// which has no session and listens to no network. Either way the same is done.
/// </summary>
internal sealed class GatewayClient : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly LocalGateway? _own;

    private GatewayClient(HttpClient http, LocalGateway? own) => (_http, _own) = (http, own);

    /// <summary>Whether a process runs the gateway as long as it is wanted; otherwise this one does, for its own command.</summary>
    public bool IsServed => _own is null;

    /// <summary>Finds the gateway, or starts one here.</summary>
    /// <exception cref="CliException">Another process has the place and does not answer, or serves somebody else there.</exception>
    public static async Task<GatewayClient> OpenAsync(Invocation run, CancellationToken cancellation)
    {
        var settings = run.Settings;
        var (taken, served) = await GatewayPlaces.TakeAsync(settings.StateFolder, run.Environment.Clock, () => TryConnectAsync(settings.StateFolder, settings.User, cancellation), cancellation);
        if (served is not null) return served;
        if (taken is null) throw new CliException(ExitCode.Network, $"another process serves {settings.User}, from {settings.StateFolder}, and did not answer; try again later");
        var own = await LocalGateway.StartAsync(run, taken, cancellation);
        return new GatewayClient(ClientOf(own.Socket), own);
    }

    /// <summary>Asks for something.</summary>
    /// <exception cref="CliException">It was refused, with the gateway's words.</exception>
    public Task<JsonObject> GetAsync(string path, CancellationToken cancellation) => AskAsync(HttpMethod.Get, path, null, cancellation);

    /// <summary>Has something made, or done.</summary>
    /// <exception cref="CliException">It was refused, with the gateway's words.</exception>
    public Task<JsonObject> PostAsync(string path, JsonObject? body, CancellationToken cancellation) => AskAsync(HttpMethod.Post, path, body, cancellation);

    /// <summary>Has something changed.</summary>
    /// <exception cref="CliException">It was refused, with the gateway's words.</exception>
    public Task<JsonObject> PatchAsync(string path, JsonObject body, CancellationToken cancellation) => AskAsync(HttpMethod.Patch, path, body, cancellation);

    /// <summary>Has something removed.</summary>
    /// <exception cref="CliException">It was refused, with the gateway's words.</exception>
    public Task DeleteAsync(string path, CancellationToken cancellation) => AskAsync(HttpMethod.Delete, path, null, cancellation);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_own is not null) await _own.DisposeAsync();
    }

    private async Task<JsonObject> AskAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
            using var response = await _http.SendAsync(request, cancellation);
            var text = await response.Content.ReadAsStringAsync(cancellation);
            var answer = text.Length == 0 ? [] : JsonNode.Parse(text) as JsonObject;
            if (answer is null) throw new JsonException("The answer is no object.");
            return response.IsSuccessStatusCode ? answer : throw Refused(response.StatusCode, answer);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            throw new CliException(ExitCode.Network, $"the gateway did not answer as it should: {e.Message}", e);
        }
    }

    private static CliException Refused(HttpStatusCode status, JsonObject problem)
    {
        var detail = problem["detail"]?.GetValue<string>() ?? problem["title"]?.GetValue<string>() ?? $"status {(int)status}";
        return new CliException(
            status switch
            {
                HttpStatusCode.NotFound => ExitCode.NotFound,
                HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.RequestEntityTooLarge => ExitCode.Usage,
                HttpStatusCode.ServiceUnavailable => ExitCode.Network,
                _ => ExitCode.Refused,
            },
            detail);
    }

    /// <returns>Null where nobody answers.</returns>
    private static async Task<GatewayClient?> TryConnectAsync(string folder, Username user, CancellationToken cancellation)
    {
        if (GatewayPlace.FindSocket(folder) is not { } socket) return null;
        var client = new GatewayClient(ClientOf(socket), null);
        try
        {
            var answer = await client.GetAsync("/v1/identities", cancellation);
            var other = answer["identities"]?[0]?["user"]?.GetValue<string>();
            if (other != user.Value) throw CliException.Usage($"{folder} is served as {other}, not as {user}: give the same settings, or end that process first");
            return client;
        }
        catch (CliException e)
        {
            await client.DisposeAsync();
            // Nobody, or somebody who is just ending.
            if (e.InnerException is HttpRequestException) return null;
            throw;
        }
    }

    private static HttpClient ClientOf(string socket) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        ConnectCallback = async (_, cancellation) =>
        {
            var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
                return new NetworkStream(connection, ownsSocket: true);
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        },
    })
    {
        BaseAddress = new Uri("http://localhost"),
    };
}

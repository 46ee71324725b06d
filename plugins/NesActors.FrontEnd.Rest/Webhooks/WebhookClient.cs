using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Api;
using NesActors.FrontEnd.Rest.Api.Views;

namespace NesActors.FrontEnd.Rest.Webhooks;

/// <summary>
/// Tells receivers of events. It follows no redirect, keeps no cookie, uses no proxy of the environment, and takes nothing from an answer but its status and <c>Retry-After</c>.
/// </summary>
internal sealed class WebhookClient : IDisposable
{
    /// <summary>How long one attempt may take, from looking up the name to the answer's status.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    /// <summary>Of an answer's body no more than this is taken off the connection, so that that can be used again; a longer one ends it.</summary>
    private const int MaxBody = 64 * 1024;

    private const int MaxHeaderKilobytes = 16;

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;

    public WebhookClient(CheckedConnector connector, string programVersion, TimeProvider clock)
    {
        _clock = clock;
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = connector.ConnectAsync,
            // A request that was given up does not end what connects for it.
            ConnectTimeout = TimeLimit,
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            MaxResponseDrainSize = MaxBody,
            // Names are looked up again from time to time.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        })
        { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", programVersion.Length > 0 ? $"NesActors/{programVersion}" : "NesActors");
    }

    /// <summary>Tells a receiver of an event, once.</summary>
    /// <param name="webhook">The receiver.</param>
    /// <param name="secrets">What to sign with.</param>
    /// <param name="happened">The event.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="OperationCanceledException">It was given up: nobody knows whether the receiver has it.</exception>
    public async Task<Attempt> SendAsync(Webhook webhook, IReadOnlyList<byte[]> secrets, MessengerEvent happened, CancellationToken cancellation)
    {
        using var request = RequestOf(webhook, secrets, happened);
        using var limit = new CancellationTokenSource(TimeLimit, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return Attempt.Of(answer);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Attempt.Failed(AttemptFailures.TimedOut);
        }
        catch (HttpRequestException e)
        {
            return Attempt.Failed(Classify(e));
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Classify(HttpRequestException error) => error switch
    {
        { InnerException: AddressRefusedException } => AttemptFailures.AddressRefused,
        { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } } => AttemptFailures.NameNotFound,
        { HttpRequestError: HttpRequestError.NameResolutionError } => AttemptFailures.NameNotFound,
        { HttpRequestError: HttpRequestError.SecureConnectionError } => AttemptFailures.TlsFailed,
        { HttpRequestError: HttpRequestError.ConnectionError } => AttemptFailures.NotReached,
        _ => AttemptFailures.BadAnswer,
    };

    private HttpRequestMessage RequestOf(Webhook webhook, IReadOnlyList<byte[]> secrets, MessengerEvent happened)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(EventView.Of(happened), ApiJson.Options);
        // The same for each attempt, also after a restart: a receiver knows by it what it has already.
        var id = string.Create(CultureInfo.InvariantCulture, $"msg_{webhook.Id}_{happened.Cursor}");
        var timestamp = _clock.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation("webhook-id", id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", WebhookSecret.Sign(secrets, id, timestamp, body));
        return request;
    }
}

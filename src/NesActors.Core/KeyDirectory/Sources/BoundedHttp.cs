using System.Net.Sockets;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>Requests with a limit of time for the whole of them and of size for the answer. What the other side does is a result, never thrown.</summary>
internal sealed class BoundedHttp(HttpMessageHandler handler, Uri address, TimeSpan timeout, TimeProvider clock) : IDisposable
{
    private const int MaxBody = 64 * 1024;

    // The clock of the time limit is the token's below.
    private readonly HttpClient _http = new(handler) { Timeout = Timeout.InfiniteTimeSpan };

    public async Task<HttpExchange> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            var body = await ReadAsync(response.Content, either.Token).ConfigureAwait(false);
            return body is { } bytes
                ? new HttpExchange.Answered(response.StatusCode, bytes, response.Content.Headers.ContentType?.MediaType, response.Headers.Date)
                : new HttpExchange.TooLarge();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new HttpExchange.Failed($"{Authority} did not answer within {timeout.TotalSeconds:0.#} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new HttpExchange.Failed(SafeLine.Of(Explain(e)));
        }
    }

    public void Dispose() => _http.Dispose();

    private string Authority => address.Authority;

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > MaxBody) return null;
        using var body = await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var buffer = new byte[MaxBody + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        return length > MaxBody ? null : buffer.AsMemory(0, length);
    }

    private string Explain(Exception error)
    {
        var cause = error.GetBaseException().Message;
        return (error as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => $"there is no host named {address.Host}, or no network",
            HttpRequestError.ConnectionError when error.GetBaseException() is SocketException => $"cannot connect to {Authority}: {cause}",
            HttpRequestError.SecureConnectionError => $"the TLS connection to {Authority} failed: {cause}",
            HttpRequestError.ProxyTunnelError => $"the proxy does not connect to {Authority}: {cause}",
            _ => $"the connection to {Authority} failed: {cause}",
        };
    }
}

using System.Net.Sockets;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>Requests with a limit of time for the whole of them and of size for the answer. What the other side does is a result, never thrown.</summary>
internal sealed class BoundedHttp(HttpMessageHandler handler, Uri address, TimeSpan timeout, TimeProvider clock) : IDisposable
{
    /// <summary>What most answers have at most, in bytes.</summary>
    public const int MaxBody = 64 * 1024;

    // The clock of the time limit is the token's below.
    private readonly HttpClient _http = new(handler) { Timeout = Timeout.InfiniteTimeSpan };

    public async Task<HttpExchange> SendAsync(HttpRequestMessage request, int maxBody, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            var body = await ReadAsync(response.Content, maxBody, either.Token).ConfigureAwait(false);
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

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, int maxBody, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > maxBody) return null;
        using var body = await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var buffer = new byte[maxBody + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        // Not by a conditional expression: its null would become an empty memory.
        if (length > maxBody) return null;
        return buffer.AsMemory(0, length);
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

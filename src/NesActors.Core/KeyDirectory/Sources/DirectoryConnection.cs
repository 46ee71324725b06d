using System.Net.Http.Headers;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Core.Storage.State;
using NesActors.Rsa;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>One directory: how it is asked, what is believed of it, what is remembered. Owns its key and its connections.</summary>
internal sealed class DirectoryConnection : IDisposable
{
    private readonly string _base;
    private readonly BoundedHttp _http;

    /// <exception cref="Contracts.Crypto.KeyException">The file of authorities cannot be used.</exception>
    public DirectoryConnection(Uri address, RsaPublicKey key, HttpKeyDirectoryOptions options)
    {
        (Address, Key, Memory, Clock) = (address, key, options.Memory, options.Clock);
        _base = address.AbsoluteUri.TrimEnd('/');
        _http = new BoundedHttp(HttpHandlers.Create(options), address, options.Timeout, Clock);
        Trust = new DirectoryTrust(this);
    }

    public Uri Address { get; }

    /// <summary>The key that the person was given.</summary>
    public RsaPublicKey Key { get; }

    public DirectoryTrust Trust { get; }

    public IDirectoryMemory Memory { get; }

    public TimeProvider Clock { get; }

    /// <summary>Whether an address is one below this directory's.</summary>
    public bool Holds(Uri address) => address.AbsoluteUri.StartsWith(_base + "/", StringComparison.Ordinal);

    /// <summary>What may be believed of the directory now; nothing is, where the memory fails.</summary>
    public async Task<DirectoryStanding> StandingAsync(CancellationToken cancellation)
    {
        try
        {
            return await Trust.StandingAsync(cancellation).ConfigureAwait(false);
        }
        catch (StateException e)
        {
            return new DirectoryStanding.Unavailable(e.Message);
        }
    }

    /// <param name="path">What stands behind the directory's address; its parts are safe in one already.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="maxBody">The largest answer that is read, in bytes.</param>
    public Task<HttpExchange> GetAsync(string path, CancellationToken cancellation, int maxBody = BoundedHttp.MaxBody) =>
        SendAsync(HttpMethod.Get, path, null, cancellation, maxBody);

    public async Task<HttpExchange> SendAsync(
        HttpMethod method, string path, ByteArrayContent? body, CancellationToken cancellation, int maxBody = BoundedHttp.MaxBody, string? accept = null)
    {
        using var request = new HttpRequestMessage(method, _base + path) { Content = body };
        if (accept is not null) request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        return await _http.SendAsync(request, maxBody, cancellation).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _http.Dispose();
        Trust.Dispose();
        Key.Dispose();
    }
}

using System.Net;
using System.Security.Cryptography;
using System.Text;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Rsa;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>
/// A directory asked over HTTP, the original's or ours. Its answers are believed for their signature, not for the connection: so plain
/// <c>http</c> works as in the original, but whoever sits on the way then sees who is looked up (<see cref="IsExposed"/>). Safe for several
/// threads at once; no cache.
/// </summary>
public sealed class HttpKeyDirectory : IKeyDirectorySource, IDisposable
{
    private readonly Uri _address;
    private readonly string _users;
    private readonly RsaPublicKey _key;
    private readonly BoundedHttp _http;

    /// <summary>Prepares to ask; nothing is sent.</summary>
    /// <exception cref="KeyException">The directory's key or the file of authorities cannot be used.</exception>
    /// <exception cref="ArgumentException">The address is none of a directory, or the time limit none.</exception>
    public HttpKeyDirectory(HttpKeyDirectoryOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Timeout, TimeSpan.Zero);
        _address = Check(options.Address);
        _users = _address.AbsoluteUri.TrimEnd('/') + "/users";
        try
        {
            _key = RsaPublicKey.FromPem(options.PublicKeyPem);
        }
        catch (CryptographicException e)
        {
            throw new KeyException($"The public key of the directory cannot be used: {e.Message}", e);
        }
        _http = new BoundedHttp(HttpHandlers.Create(options), _address, options.Timeout, options.Clock);
    }

    /// <summary>The address of the directory.</summary>
    public Uri Address => _address;

    /// <summary>Whether names travel in the clear over a network: plain <c>http</c> to another machine. The answers are signed all the same.</summary>
    public bool IsExposed => _address.Scheme == Uri.UriSchemeHttp && !_address.IsLoopback;

    /// <inheritdoc/>
    /// <remarks>
    /// An answer of 200 that is not a signed record is untrusted, whatever else it may be: a network's log-in page, or an attack. One of 404
    /// is believed, since the protocol has no signature for it. Any other answer says nothing about the user.
    /// </remarks>
    public async Task<LookupResult> LookUpAsync(Username user, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_users}/{user.Value}");
        var exchange = await _http.SendAsync(request, cancellation).ConfigureAwait(false);
        return exchange switch
        {
            HttpExchange.Answered { Status: HttpStatusCode.OK } answer => Verify(user, answer.Body),
            HttpExchange.Answered { Status: HttpStatusCode.NotFound } => new LookupResult.NotFound(),
            HttpExchange.Answered answer => new LookupResult.Unavailable(Describe(answer.Status)),
            HttpExchange.Failed failed => new LookupResult.Unavailable(failed.Detail),
            _ => new LookupResult.Untrusted($"{_address.Authority} answered with more than a directory ever does"),
        };
    }

    /// <summary>Registers keys under a name.</summary>
    /// <param name="user">The name.</param>
    /// <param name="email">Where the directory sends its links.</param>
    /// <param name="keys">The public keys of that user.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>What came of it; nothing that the other side does is thrown.</returns>
    public async Task<RegistrationResult> RegisterAsync(Username user, string email, PublicRecord keys, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _users);
        request.Content = RegistrationBody.Create(user, email, keys);
        return await _http.SendAsync(request, cancellation).ConfigureAwait(false) switch
        {
            HttpExchange.Answered { Status: HttpStatusCode.Created } => new RegistrationResult.Registered(),
            HttpExchange.Answered answer when IsRefusal(answer.Status) => new RegistrationResult.Refused(Reason(answer)),
            HttpExchange.Answered answer => new RegistrationResult.Unavailable(Describe(answer.Status)),
            HttpExchange.Failed failed => new RegistrationResult.Unavailable(failed.Detail),
            _ => new RegistrationResult.Unavailable($"{_address.Authority} answered with more than a directory ever does"),
        };
    }

    /// <summary>The directory's clock, to the second, by the <c>Date</c> of an answer (RFC 9110, 6.6.1): unsigned, a hint for a person.</summary>
    /// <returns><see langword="null"/> where there is no answer, or none with a date.</returns>
    public async Task<DateTimeOffset?> ReadClockAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _address);
        return (await _http.SendAsync(request, cancellation).ConfigureAwait(false) as HttpExchange.Answered)?.Date;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _key.Dispose();
    }

    private LookupResult Verify(Username user, ReadOnlyMemory<byte> body)
    {
        if (SignedAnswer.TryParse(body) is not { } answer)
            return new LookupResult.Untrusted($"{_address.Authority} answered with something that is no signed record");
        if (!_key.VerifyPss(answer.Response.Span, answer.Signature))
            return new LookupResult.Untrusted($"the answer of {_address.Authority} is not signed by the key of the directory");
        return RecordEntries.TryRead(answer.Response) is { } entries
            ? new LookupResult.Found(new PublicRecord(user, entries)) { Vouched = Vouching.Plain }
            : new LookupResult.Untrusted($"the record that {_address.Authority} signed is malformed");
    }

    private static bool IsRefusal(HttpStatusCode status) => status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized
        or HttpStatusCode.Forbidden or HttpStatusCode.Conflict or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity;

    private string Reason(HttpExchange.Answered answer)
    {
        var reason = answer.MediaType is null or "text/plain" ? SafeLine.Of(Encoding.UTF8.GetString(answer.Body.Span)) : "";
        return reason.Length > 0 ? reason : Describe(answer.Status);
    }

    private string Describe(HttpStatusCode status) => (int)status is >= 300 and < 400
        ? $"{_address.Authority} redirects to another address ({(int)status}), which is not followed"
        : $"{_address.Authority} answered with status {(int)status}";

    private static Uri Check(Uri address)
    {
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            throw new ArgumentException("The address of a directory begins with http:// or https://.", nameof(address));
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            throw new ArgumentException("The address of a directory has neither user, query nor fragment.", nameof(address));
        return address;
    }
}

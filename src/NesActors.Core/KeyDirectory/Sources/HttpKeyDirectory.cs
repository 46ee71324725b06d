using System.Net;
using System.Security.Cryptography;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Core.Storage.State;
using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>
/// A directory asked over HTTP, the original's (<em>plain</em>) or one that proves its records (docs/directory-protocol.md). Its answers are believed for their
/// signatures, not for the connection: so plain <c>http</c> works as in the original, but whoever sits on the way then sees who is looked up
/// (<see cref="IsExposed"/>). Safe for several threads at once; no cache of records.
/// </summary>
public sealed class HttpKeyDirectory : IKeyDirectorySource, IDisposable
{
    private readonly Uri _address;
    private readonly string _users;
    private readonly RsaPublicKey _key;
    private readonly BoundedHttp _http;
    private readonly DirectoryTrust _trust;
    private readonly IDirectoryMemory _memory;
    private readonly TimeProvider _clock;

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
        (_memory, _clock) = (options.Memory, options.Clock);
        _http = new BoundedHttp(HttpHandlers.Create(options), _address, options.Timeout, _clock);
        _trust = new DirectoryTrust(_http, _address, _key, _memory, _clock);
    }

    /// <summary>The address of the directory.</summary>
    public Uri Address => _address;

    /// <summary>Whether names travel in the clear over a network: plain <c>http</c> to another machine. The answers are signed all the same.</summary>
    public bool IsExposed => _address.Scheme == Uri.UriSchemeHttp && !_address.IsLoopback;

    /// <summary>What may be believed of the directory: asks it where that is not known, or over.</summary>
    /// <exception cref="StateException">The memory failed.</exception>
    public Task<DirectoryStanding> StandingAsync(CancellationToken cancellation) => _trust.StandingAsync(cancellation);

    /// <inheritdoc/>
    /// <remarks>
    /// An answer of 200 that is not a signed record is untrusted, whatever else it may be: a network's log-in page, or an attack. One of 404 is believed
    /// of a plain directory, whose protocol has no signature for it; one that proves its records must prove that too. Any other answer says nothing about the user.
    /// </remarks>
    public async Task<LookupResult> LookUpAsync(Username user, CancellationToken cancellation)
    {
        try
        {
            // Both at once: what to believe of the directory is mostly known, and else costs no more time than the record.
            var asked = GetAsync($"{_users}/{user.Value}", cancellation);
            var believed = _trust.StandingAsync(cancellation);
            await Task.WhenAll(asked, believed).ConfigureAwait(false);
            return await JudgeAsync(user, await asked.ConfigureAwait(false), await believed.ConfigureAwait(false), cancellation).ConfigureAwait(false);
        }
        catch (StateException e)
        {
            return new LookupResult.Unavailable(e.Message);
        }
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
            HttpExchange.Answered answer when IsRefusal(answer.Status) => new RegistrationResult.Refused(HttpText.Reason(_address, answer)),
            HttpExchange.Answered answer => new RegistrationResult.Unavailable(HttpText.Describe(_address, answer.Status)),
            HttpExchange.Failed failed => new RegistrationResult.Unavailable(failed.Detail),
            _ => new RegistrationResult.Unavailable(HttpText.TooLarge(_address)),
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
        _trust.Dispose();
        _key.Dispose();
    }

    private async Task<LookupResult> JudgeAsync(Username user, HttpExchange exchange, DirectoryStanding standing, CancellationToken cancellation)
    {
        switch (standing, exchange)
        {
            case (_, HttpExchange.Failed failed):
                return new LookupResult.Unavailable(failed.Detail);
            case (DirectoryStanding.Untrusted untrusted, _):
                return new LookupResult.Untrusted(untrusted.Detail);
            case (DirectoryStanding.Unavailable unavailable, _):
                return new LookupResult.Unavailable(unavailable.Detail);
            case (_, HttpExchange.TooLarge):
                return new LookupResult.Untrusted(HttpText.TooLarge(_address));
            case (DirectoryStanding.Plain, HttpExchange.Answered { Status: HttpStatusCode.NotFound }):
                return new LookupResult.NotFound();
            case (DirectoryStanding.Proving, HttpExchange.Answered { Status: HttpStatusCode.NotFound }):
                return await ProofAsync(user, standing, cancellation).ConfigureAwait(false);
            case (_, HttpExchange.Answered { Status: HttpStatusCode.OK } answer):
                return await CheckAsync(user, answer.Body, standing, cancellation).ConfigureAwait(false);
            case (_, HttpExchange.Answered answer):
                return new LookupResult.Unavailable(HttpText.Describe(_address, answer.Status));
            default:
                throw new InvalidOperationException("An exchange has no other result.");
        }
    }

    /// <summary>A directory that proves its records proves that one is not there, where it is asked for that.</summary>
    private async Task<LookupResult> ProofAsync(Username user, DirectoryStanding standing, CancellationToken cancellation) =>
        await GetAsync($"{_users}/{user.Value}?proof=1", cancellation).ConfigureAwait(false) switch
        {
            HttpExchange.Answered { Status: HttpStatusCode.NotFound or HttpStatusCode.OK } proof => await CheckAsync(user, proof.Body, standing, cancellation).ConfigureAwait(false),
            HttpExchange.Answered other => new LookupResult.Unavailable(HttpText.Describe(_address, other.Status)),
            HttpExchange.Failed failed => new LookupResult.Unavailable(failed.Detail),
            _ => new LookupResult.Untrusted(HttpText.TooLarge(_address)),
        };

    /// <summary>Checks an answer; where other keys of the directory may be the reason that it fails, once more under those.</summary>
    private async Task<LookupResult> CheckAsync(Username user, ReadOnlyMemory<byte> body, DirectoryStanding standing, CancellationToken cancellation)
    {
        var (result, mayHaveNewKeys) = Check(user, body, standing);
        if (!mayHaveNewKeys) return result;
        var next = await _trust.AskAgainAsync(standing, cancellation).ConfigureAwait(false);
        if (ReferenceEquals(next, standing)) return result;
        return next is DirectoryStanding.Untrusted untrusted ? new LookupResult.Untrusted(untrusted.Detail) : Check(user, body, next).Result;
    }

    private (LookupResult Result, bool MayHaveNewKeys) Check(Username user, ReadOnlyMemory<byte> body, DirectoryStanding standing)
    {
        if (standing is not DirectoryStanding.Proving proving) return CheckPlain(user, body);
        var check = new RecordCheck(proving, _memory, _address, _clock.GetUtcNow());
        var result = RecordAnswer.TryRead(body) is { } answer ? check.Record(user, answer)
            : Absence.TryRead(body) is { } absence ? check.Absent(user, absence)
            : new LookupResult.Untrusted($"{_address.Authority} answered about {user} without the proof that it has given since {proving.Known.ProvesSince:yyyy-MM-dd}");
        return (result, check.MayHaveNewKeys);
    }

    private (LookupResult Result, bool MayHaveNewKeys) CheckPlain(Username user, ReadOnlyMemory<byte> body)
    {
        if (RecordAnswer.TryRead(body) is not { } answer)
            return (new LookupResult.Untrusted($"{_address.Authority} answered with something that is no signed record"), false);
        // Where the directory signed a record of the other kind, somebody keeps from us how to check it.
        if (answer.Fresh is not null || DirectoryRecord.TryRead(answer.Response) is not null)
            return (new LookupResult.Untrusted($"{_address.Authority} proves its records, but not what it says of itself: somebody may hide that from you"), true);
        if (!_key.VerifyPss(answer.Response.Span, answer.Signature))
            return (new LookupResult.Untrusted($"the answer of {_address.Authority} is not signed by the key of the directory"), false);
        return RecordEntries.TryRead(answer.Response) is { } entries
            ? (new LookupResult.Found(new PublicRecord(user, entries)) { Vouched = Vouching.Plain }, false)
            : (new LookupResult.Untrusted($"the record that {_address.Authority} signed is malformed"), false);
    }

    private async Task<HttpExchange> GetAsync(string address, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await _http.SendAsync(request, cancellation).ConfigureAwait(false);
    }

    private static bool IsRefusal(HttpStatusCode status) => status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized
        or HttpStatusCode.Forbidden or HttpStatusCode.Conflict or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity;

    private static Uri Check(Uri address)
    {
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            throw new ArgumentException("The address of a directory begins with http:// or https://.", nameof(address));
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            throw new ArgumentException("The address of a directory has neither user, query nor fragment.", nameof(address));
        return address;
    }
}

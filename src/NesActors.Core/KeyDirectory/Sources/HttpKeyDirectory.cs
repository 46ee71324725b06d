using System.Security.Cryptography;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Owner;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Core.Storage.State;
using NesActors.Rsa;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>
/// A directory asked over HTTP, the original's (<em>plain</em>) or one that proves its records (docs/directory-protocol.md). Its answers are believed for their
/// signatures, not for the connection: so plain <c>http</c> works as in the original, but whoever sits on the way then sees who is looked up
/// (<see cref="IsExposed"/>). Safe for several threads at once; no cache of records.
/// </summary>
public sealed class HttpKeyDirectory : IKeyDirectorySource, IKeyHistorySource, IDisposable
{
    private readonly DirectoryConnection _connection;
    private readonly RecordLookup _lookup;

    /// <summary>Prepares to ask; nothing is sent.</summary>
    /// <exception cref="KeyException">The directory's key or the file of authorities cannot be used.</exception>
    /// <exception cref="ArgumentException">The address is none of a directory, or the time limit none.</exception>
    public HttpKeyDirectory(HttpKeyDirectoryOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Timeout, TimeSpan.Zero);
        _connection = new DirectoryConnection(Check(options.Address), ReadKey(options.PublicKeyPem), options);
        _lookup = new RecordLookup(_connection);
    }

    /// <summary>The address of the directory.</summary>
    public Uri Address => _connection.Address;

    /// <summary>Whether names travel in the clear over a network: plain <c>http</c> to another machine. The answers are signed all the same.</summary>
    public bool IsExposed => Address.Scheme == Uri.UriSchemeHttp && !Address.IsLoopback;

    /// <summary>What may be believed of the directory: asks it where that is not known, or over.</summary>
    /// <exception cref="StateException">The memory failed.</exception>
    public Task<DirectoryStanding> StandingAsync(CancellationToken cancellation) => _connection.Trust.StandingAsync(cancellation);

    /// <inheritdoc/>
    /// <remarks>
    /// An answer of 200 that is not a signed record is untrusted, whatever else it may be: a network's log-in page, or an attack. One of 404 is believed
    /// of a plain directory, whose protocol has no signature for it; one that proves its records must prove that too. Any other answer says nothing about the user.
    /// </remarks>
    public Task<LookupResult> LookUpAsync(Username user, CancellationToken cancellation) => _lookup.LookUpAsync(user, cancellation);

    /// <inheritdoc/>
    public Task<HistoryResult> HistoryAsync(Username user, CancellationToken cancellation) => new HistoryReader(_connection).ReadAsync(user, cancellation);

    /// <summary>Registers keys under a name.</summary>
    /// <param name="user">The name.</param>
    /// <param name="email">Where the directory sends its links.</param>
    /// <param name="keys">The public keys of that user.</param>
    /// <param name="signKey">Proves, to a directory that wants it, that these keys are the sender's; a plain one gets exactly what the original sends. <see langword="null"/>: there is no proof.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>What came of it; nothing that the other side does is thrown.</returns>
    /// <exception cref="KeyException">The keys are none.</exception>
    public Task<RegistrationResult> RegisterAsync(Username user, string email, PublicRecord keys, RsaPrivateKey? signKey, CancellationToken cancellation) =>
        new Registration(_connection).RegisterAsync(user, email, keys, signKey, cancellation);

    /// <summary>What the owner of a name may ask for.</summary>
    public DirectoryOwner Owner(Username user) => new(_connection, _lookup, user);

    /// <summary>The links that the directory sends by mail.</summary>
    public DirectoryLinks Links => new(_connection);

    /// <summary>The directory's clock, to the second, by the <c>Date</c> of an answer (RFC 9110, 6.6.1): unsigned, a hint for a person.</summary>
    /// <returns><see langword="null"/> where there is no answer, or none with a date.</returns>
    public async Task<DateTimeOffset?> ReadClockAsync(CancellationToken cancellation) =>
        (await _connection.GetAsync("", cancellation).ConfigureAwait(false) as HttpExchange.Answered)?.Date;

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static RsaPublicKey ReadKey(string pem)
    {
        try
        {
            return RsaPublicKey.FromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new KeyException($"The public key of the directory cannot be used: {e.Message}", e);
        }
    }

    private static Uri Check(Uri address)
    {
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            throw new ArgumentException("The address of a directory begins with http:// or https://.", nameof(address));
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            throw new ArgumentException("The address of a directory has neither user, query nor fragment.", nameof(address));
        return address;
    }
}

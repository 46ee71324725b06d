using System.Net;
using System.Text.Json;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Core.KeyDirectory.Owner;

/// <summary>
/// What the owner of a name asks a directory for, each signed (docs/directory-protocol.md). Only a directory that proves its records takes such requests; a plain
/// one is not asked. Made by <see cref="HttpKeyDirectory.Owner"/>.
/// </summary>
public sealed class DirectoryOwner
{
    private readonly DirectoryConnection _connection;
    private readonly RecordLookup _lookup;

    internal DirectoryOwner(DirectoryConnection connection, RecordLookup lookup, Username user) => (_connection, _lookup, User) = (connection, lookup, user);

    /// <summary>Whose name it is.</summary>
    public Username User { get; }

    /// <summary>Puts new keys in the place of the present ones.</summary>
    /// <param name="keys">The new public keys.</param>
    /// <param name="present">The present sign key.</param>
    /// <param name="next">The new sign key.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns><see cref="OwnerResult.Changed"/> where it was done.</returns>
    /// <exception cref="KeyException">The new keys are none.</exception>
    public Task<OwnerResult> ChangeKeysAsync(PublicRecord keys, RsaPrivateKey present, RsaPrivateKey next, CancellationToken cancellation)
    {
        var digests = OwnerKeys.DigestsOf(keys);
        return OfRecordAsync(async (proving, proof) =>
        {
            var statement = Statements.Change(proving.Directory, User, proof.Rev + 1, proof.Hash, digests);
            var body = RequestBody.Create(json =>
            {
                json.WriteKeys(keys);
                WriteNext(json, proof);
                json.WriteSignature("signature_old", present.SignPss(statement));
                json.WriteSignature("signature_new", next.SignPss(statement));
            });
            var exchange = await _connection.SendAsync(HttpMethod.Put, $"/users/{User.Value}/keys", body, cancellation).ConfigureAwait(false);
            if (exchange is not HttpExchange.Answered { Status: HttpStatusCode.OK } answer) return OwnerAnswer.Read(_connection.Address, exchange);
            return await _lookup.CheckAsync(User, answer.Body, proving, cancellation).ConfigureAwait(false) switch
            {
                LookupResult.Found { Proof: { } changed } found when changed.Rev == proof.Rev + 1 && OwnerKeys.DigestsOf(found.Record) == digests => new OwnerResult.Changed(changed),
                LookupResult.Untrusted untrusted => new OwnerResult.Untrusted(untrusted.Detail),
                _ => new OwnerResult.Untrusted($"{_connection.Address.Authority} says that it changed the keys of {User}, and shows another record"),
            };
        }, cancellation);
    }

    /// <summary>Publishes what the owner says for one suite, or takes it back. It ends with these keys.</summary>
    /// <param name="suite">The suite's id.</param>
    /// <param name="text">What is said (<see cref="SuiteStatements.IsText"/>); <see langword="null"/>: nothing any more.</param>
    /// <param name="present">The present sign key.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns><see cref="OwnerResult.Done"/> where the directory serves it now, and proved that.</returns>
    /// <exception cref="ArgumentException">The suite's id or the text can be none.</exception>
    public Task<OwnerResult> PublishAsync(string suite, string? text, RsaPrivateKey present, CancellationToken cancellation)
    {
        if (!SuiteStatements.IsSuite(suite)) throw new ArgumentException("This is no id of a suite.", nameof(suite));
        if (text is not null && !SuiteStatements.IsText(text)) throw new ArgumentException("A statement is printable ASCII, 6 KiB at most.", nameof(text));
        return OfRecordAsync(async (proving, proof) =>
        {
            var revision = Math.Max(_connection.Clock.GetUtcNow().ToUnixTimeMilliseconds(), proof.Published + 1);
            var body = RequestBody.Create(json =>
            {
                json.WriteString("suite", suite);
                if (text is not null) json.WriteString("text", text);
                json.WriteNumber("revision", revision);
                json.WriteString("record", proof.Hash.Hex);
                json.WriteSignature("signature", present.SignPss(Statements.Publish(proving.Directory, User, proof.Hash, suite, revision, text)));
            });
            var exchange = await _connection.SendAsync(HttpMethod.Put, $"/users/{User.Value}/statement", body, cancellation).ConfigureAwait(false);
            if (exchange is not HttpExchange.Answered { Status: HttpStatusCode.OK } answer) return IsNoSuchRequest(exchange) ? new OwnerResult.NotOffered() : OwnerAnswer.Read(_connection.Address, exchange);
            return await _lookup.CheckAsync(User, answer.Body, proving, cancellation).ConfigureAwait(false) switch
            {
                LookupResult.Found { Proof: { } now } found when now.Published == revision && found.Record.Entries.GetValueOrDefault(PublicRecord.StatementOf(suite)) == text => new OwnerResult.Done("published"),
                LookupResult.Untrusted untrusted => new OwnerResult.Untrusted(untrusted.Detail),
                _ => new OwnerResult.Untrusted($"{_connection.Address.Authority} says that it published what {User} says for suite {suite}, and shows something else"),
            };
        }, cancellation);
    }

    /// <summary>Says that nobody may use a sign key any more, by the signature of <see cref="Statements.Revoke"/> that was made with it.</summary>
    public Task<OwnerResult> RevokeAsync(ReadOnlyMemory<byte> signature, CancellationToken cancellation) => ProvingAsync(
        _ => SendAsync(HttpMethod.Post, "/revoke", json => json.WriteSignature("signature", signature.Span), cancellation), cancellation);

    /// <summary>Leaves the directory. The name is never given to anybody again.</summary>
    /// <param name="present">The present sign key.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<OwnerResult> DeleteAsync(RsaPrivateKey present, CancellationToken cancellation) => OfRecordAsync(
        (proving, proof) => SendAsync(HttpMethod.Delete, "", json =>
        {
            WriteNext(json, proof);
            json.WriteSignature("signature", present.SignPss(Statements.Delete(proving.Directory, User, proof.Rev + 1, proof.Hash)));
        }, cancellation), cancellation);

    /// <summary>Asks that new keys take the place of lost ones. The directory sends a mail, whether or not there is such a user.</summary>
    /// <param name="keys">The new public keys.</param>
    /// <param name="next">The new sign key.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="KeyException">The new keys are none.</exception>
    public Task<OwnerResult> RequestRecoveryAsync(PublicRecord keys, RsaPrivateKey next, CancellationToken cancellation)
    {
        var digests = OwnerKeys.DigestsOf(keys);
        return ProvingAsync(proving => SendAsync(HttpMethod.Post, "/recovery", json =>
        {
            json.WriteKeys(keys);
            json.WriteSignature("signature", next.SignPss(Statements.Recover(proving.Directory, User, digests)));
        }, cancellation), cancellation);
    }

    /// <summary>How far a recovery has come. The directory does not sign this.</summary>
    public async Task<RecoveryResult> RecoveryAsync(CancellationToken cancellation)
    {
        var standing = await _connection.StandingAsync(cancellation).ConfigureAwait(false);
        return standing switch
        {
            DirectoryStanding.Proving => RecoveryAnswer.Read(
                _connection.Address, User, await _connection.GetAsync($"/users/{User.Value}/recovery", cancellation).ConfigureAwait(false)),
            DirectoryStanding.Plain => new RecoveryResult.Plain(),
            DirectoryStanding.Untrusted untrusted => new RecoveryResult.Untrusted(untrusted.Detail),
            DirectoryStanding.Unavailable unavailable => new RecoveryResult.Unavailable(unavailable.Detail),
            _ => throw new InvalidOperationException("A directory has no other standing."),
        };
    }

    /// <summary>Stops a recovery: the new keys are not the owner's.</summary>
    /// <param name="keys">The keys of the recovery, see <see cref="PendingRecovery.Keys"/>.</param>
    /// <param name="present">The present sign key.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<OwnerResult> VetoAsync(KeyDigests keys, RsaPrivateKey present, CancellationToken cancellation) => ProvingAsync(
        proving => SendAsync(
            HttpMethod.Post, "/recovery/veto", json => json.WriteSignature("signature", present.SignPss(Statements.Veto(proving.Directory, User, keys))), cancellation),
        cancellation);

    // A user who is not there is told by name.
    private bool IsNoSuchRequest(HttpExchange exchange) => exchange is HttpExchange.Answered { Status: HttpStatusCode.MethodNotAllowed }
        || (exchange is HttpExchange.Answered { Status: HttpStatusCode.NotFound } answer && HttpText.Reason(_connection.Address, answer) != "user not found");

    private static void WriteNext(Utf8JsonWriter json, RecordProof proof)
    {
        json.WriteNumber("rev", proof.Rev + 1);
        json.WriteString("prev", proof.Hash.Hex);
    }

    private async Task<OwnerResult> SendAsync(HttpMethod method, string path, Action<Utf8JsonWriter> write, CancellationToken cancellation) => OwnerAnswer.Read(
        _connection.Address,
        await _connection.SendAsync(method, $"/users/{User.Value}{path}", RequestBody.Create(write), cancellation).ConfigureAwait(false));

    /// <summary>For requests that name the record that they change.</summary>
    private Task<OwnerResult> OfRecordAsync(Func<DirectoryStanding.Proving, RecordProof, Task<OwnerResult>> request, CancellationToken cancellation) => ProvingAsync(
        async proving => await _lookup.LookUpAsync(User, cancellation).ConfigureAwait(false) switch
        {
            LookupResult.Found { Proof: { } proof } => await request(proving, proof).ConfigureAwait(false),
            LookupResult.Found => new OwnerResult.Plain(),
            LookupResult.NotFound => new OwnerResult.NoSuchUser($"{_connection.Address.Authority} knows no {User}"),
            LookupResult.Revoked or LookupResult.Deleted => new OwnerResult.NoSuchUser($"{User} has no active keys at {_connection.Address.Authority}"),
            LookupResult.Untrusted untrusted => new OwnerResult.Untrusted(untrusted.Detail),
            LookupResult.Unavailable unavailable => new OwnerResult.Unavailable(unavailable.Detail),
            _ => throw new InvalidOperationException("A look-up has no other result."),
        }, cancellation);

    private async Task<OwnerResult> ProvingAsync(Func<DirectoryStanding.Proving, Task<OwnerResult>> request, CancellationToken cancellation) =>
        await _connection.StandingAsync(cancellation).ConfigureAwait(false) switch
        {
            DirectoryStanding.Proving proving => await request(proving).ConfigureAwait(false),
            DirectoryStanding.Plain => new OwnerResult.Plain(),
            DirectoryStanding.Untrusted untrusted => new OwnerResult.Untrusted(untrusted.Detail),
            DirectoryStanding.Unavailable unavailable => new OwnerResult.Unavailable(unavailable.Detail),
            _ => throw new InvalidOperationException("A directory has no other standing."),
        };
}

using System.Net;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Core.Storage.State;
using NesActors.Records;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>Looks users up at one directory, and believes what it can prove.</summary>
internal sealed class RecordLookup(DirectoryConnection connection)
{
    /// <inheritdoc cref="HttpKeyDirectory.LookUpAsync"/>
    public async Task<LookupResult> LookUpAsync(Username user, CancellationToken cancellation)
    {
        try
        {
            // Both at once: what to believe of the directory is mostly known, and else costs no more time than the record.
            var asked = connection.GetAsync($"/users/{user.Value}", cancellation);
            var believed = connection.Trust.StandingAsync(cancellation);
            await Task.WhenAll(asked, believed).ConfigureAwait(false);
            return await JudgeAsync(user, await asked.ConfigureAwait(false), await believed.ConfigureAwait(false), cancellation).ConfigureAwait(false);
        }
        catch (StateException e)
        {
            return new LookupResult.Unavailable(e.Message);
        }
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
                return new LookupResult.Untrusted(HttpText.TooLarge(connection.Address));
            case (DirectoryStanding.Plain, HttpExchange.Answered { Status: HttpStatusCode.NotFound }):
                return new LookupResult.NotFound();
            case (DirectoryStanding.Proving, HttpExchange.Answered { Status: HttpStatusCode.NotFound }):
                return await ProofAsync(user, standing, cancellation).ConfigureAwait(false);
            case (_, HttpExchange.Answered { Status: HttpStatusCode.OK } answer):
                return await CheckAsync(user, answer.Body, standing, cancellation).ConfigureAwait(false);
            case (_, HttpExchange.Answered answer):
                return new LookupResult.Unavailable(HttpText.Describe(connection.Address, answer.Status));
            default:
                throw new InvalidOperationException("An exchange has no other result.");
        }
    }

    /// <summary>A directory that proves its records proves that one is not there, where it is asked for that.</summary>
    private async Task<LookupResult> ProofAsync(Username user, DirectoryStanding standing, CancellationToken cancellation) =>
        await connection.GetAsync($"/users/{user.Value}?proof=1", cancellation).ConfigureAwait(false) switch
        {
            HttpExchange.Answered { Status: HttpStatusCode.NotFound or HttpStatusCode.OK } proof => await CheckAsync(user, proof.Body, standing, cancellation).ConfigureAwait(false),
            HttpExchange.Answered other => new LookupResult.Unavailable(HttpText.Describe(connection.Address, other.Status)),
            HttpExchange.Failed failed => new LookupResult.Unavailable(failed.Detail),
            _ => new LookupResult.Untrusted(HttpText.TooLarge(connection.Address)),
        };

    /// <summary>Checks the body of an answer; where other keys of the directory may be the reason that it fails, once more under those.</summary>
    public async Task<LookupResult> CheckAsync(Username user, ReadOnlyMemory<byte> body, DirectoryStanding standing, CancellationToken cancellation)
    {
        var (result, mayHaveNewKeys) = Check(user, body, standing);
        if (!mayHaveNewKeys) return result;
        var next = await connection.Trust.AskAgainAsync(standing, cancellation).ConfigureAwait(false);
        if (ReferenceEquals(next, standing)) return result;
        return next is DirectoryStanding.Untrusted untrusted ? new LookupResult.Untrusted(untrusted.Detail) : Check(user, body, next).Result;
    }

    private (LookupResult Result, bool MayHaveNewKeys) Check(Username user, ReadOnlyMemory<byte> body, DirectoryStanding standing)
    {
        if (standing is not DirectoryStanding.Proving proving) return CheckPlain(user, body);
        var check = new RecordCheck(proving, connection.Memory, connection.Address, connection.Clock.GetUtcNow());
        var result = RecordAnswer.TryRead(body) is { } answer ? check.Record(user, answer)
            : Absence.TryRead(body) is { } absence ? check.Absent(user, absence)
            : new LookupResult.Untrusted($"{connection.Address.Authority} answered about {user} without the proof that it has given since {proving.Known.ProvesSince:yyyy-MM-dd}");
        return (result, check.MayHaveNewKeys);
    }

    private (LookupResult Result, bool MayHaveNewKeys) CheckPlain(Username user, ReadOnlyMemory<byte> body)
    {
        if (RecordAnswer.TryRead(body) is not { } answer)
            return (new LookupResult.Untrusted($"{connection.Address.Authority} answered with something that is no signed record"), false);
        // Where the directory signed a record of the other kind, somebody keeps from us how to check it.
        if (answer.Fresh is not null || DirectoryRecord.TryRead(answer.Response) is not null)
            return (new LookupResult.Untrusted($"{connection.Address.Authority} proves its records, but not what it says of itself: somebody may hide that from you"), true);
        if (!connection.Key.VerifyPss(answer.Response.Span, answer.Signature))
            return (new LookupResult.Untrusted($"the answer of {connection.Address.Authority} is not signed by the key of the directory"), false);
        return RecordEntries.TryRead(answer.Response) is { } entries
            ? (new LookupResult.Found(new PublicRecord(user, entries)) { Vouched = Vouching.Plain }, false)
            : (new LookupResult.Untrusted($"the record that {connection.Address.Authority} signed is malformed"), false);
    }
}

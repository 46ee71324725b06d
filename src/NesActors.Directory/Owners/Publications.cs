using Microsoft.Extensions.Logging;
using NesActors.Contracts;
using NesActors.Directory.Api;
using NesActors.Directory.Limits;
using NesActors.Directory.Records;
using NesActors.Directory.Storage;
using NesActors.Records;

namespace NesActors.Directory.Owners;

/// <summary>What users say for crypto suites, served in their records. The texts are theirs: nothing is read into them here.</summary>
internal sealed class Publications(AnswerStore answers, StatementStore store, RecordSigner signer, NameLimit? limit, ILogger<Publications> logger)
{
    private static readonly Answer NoSuite = Answer.Refused("suite validation error");
    private static readonly Answer NoText = Answer.Refused("text validation error");
    private static readonly Answer NoRevision = Answer.Refused("revision validation error");
    private static readonly Answer TooManySuites = Answer.Refused("too many statements");

    /// <returns>The record as it is served now, or the answer that says why nothing was changed.</returns>
    /// <exception cref="TooManyChangesException">The owner changes too often.</exception>
    public async Task<(SignedRecord? Record, Answer? Refusal)> PublishAsync(Username name, PublishRequest request, CancellationToken cancellation)
    {
        if (Malformed(request) is { } malformed) return (null, malformed);
        if (await answers.FindAsync(name, cancellation).ConfigureAwait(false) is not { } stored
            || DirectoryRecord.TryRead(stored.Response()) is not { Status: RecordStatus.Active } record) return (null, Answer.UserNotFound);
        var hash = record.Hash();
        if (request.Record != hash) return (null, Answer.RecordChanged);
        var statement = Statements.Publish(signer.Directory, name, hash, request.Suite, request.Revision, request.Text);
        if (!Registration.ValidKeys.Signed(record.SignKey!, statement, request.Signature)) return (null, Answer.WrongSignature);
        if (request.Revision <= record.Published.Revision) return IsRepeat(request, record.Published) ? (AsServed(stored, record), null) : (null, Answer.StatementChanged);
        var published = record.Published.With(request.Suite, request.Text, request.Revision);
        if (published.Texts.Count > SuiteStatements.MaxCount) return (null, TooManySuites);
        // Asked last, so that nobody but the owner uses up the owner's share.
        if (limit is not null && !limit.TryTake(name, out var retryAfter)) throw new TooManyChangesException(retryAfter);

        var signed = signer.Sign(record with { Published = published });
        if (await store.ReplaceAsync(stored, signed, cancellation).ConfigureAwait(false) != StoreOutcome.Done) return (null, Answer.StatementChanged);
        logger.LogInformation("{User} says something for suite {Suite}, revision {Revision}.", name, request.Suite, request.Revision);
        return (signed, null);
    }

    private static Answer? Malformed(PublishRequest request) =>
        !SuiteStatements.IsSuite(request.Suite) ? NoSuite
        : request.Text is { } text && !SuiteStatements.IsText(text) ? NoText
        : request.Revision is <= 0 or > SuiteStatements.MaxRevision ? NoRevision
        : null;

    // An answer may be lost on its way: who asks for what is there already is told that it is.
    private static bool IsRepeat(PublishRequest request, SuiteStatements present) =>
        request.Revision == present.Revision && present.Texts.GetValueOrDefault(request.Suite) == request.Text;

    private SignedRecord AsServed(StoredRecord stored, DirectoryRecord record) =>
        stored.KeyRev == signer.KeyRev ? new SignedRecord(record, stored.Response(), stored.SignedPart(), signer.KeyRev) : signer.Sign(record);
}

using Microsoft.Extensions.Logging;
using NesActors.Contracts;
using NesActors.Directory.Api;
using NesActors.Directory.Records;
using NesActors.Directory.Registration;
using NesActors.Directory.Storage;
using NesActors.Records;

namespace NesActors.Directory.Owners;

/// <summary>What the owner of the present sign key may do with the record of a name.</summary>
internal sealed class OwnerChanges(UserStore users, RecordSigner signer, TimeProvider clock, ILogger<OwnerChanges> logger)
{
    /// <returns>The new record, or the answer that says why there is none.</returns>
    public async Task<(SignedRecord? Record, Answer? Refusal)> ChangeKeysAsync(Username name, KeyChangeRequest request, CancellationToken cancellation)
    {
        var (keys, reason) = ValidKeys.Check(request.MessageKey, request.SignKey);
        if (keys is null) return (null, Answer.Refused(reason!));
        if (await FindActiveAsync(name, cancellation).ConfigureAwait(false) is not { } user) return (null, Answer.UserNotFound);
        if (!user.IsNext(request.Rev, request.Prev)) return (null, Answer.RecordChanged);
        var statement = Statements.Change(signer.Directory, name, request.Rev, request.Prev, keys.Digests);
        if (!user.Signed(statement, request.SignatureOld) || !keys.Signed(statement, request.SignatureNew)) return (null, Answer.WrongSignature);

        var signed = signer.Sign(Next(user, name, RecordStatus.Active) with { MessageKey = keys.Message, SignKey = keys.Sign });
        var record = new NewRecord(signed, RecordOrigin.Change) { SignatureOld = request.SignatureOld, SignatureNew = request.SignatureNew, HasProof = true };
        var refusal = await AppendAsync(user, record, cancellation).ConfigureAwait(false);
        return (refusal is null ? signed : null, refusal);
    }

    /// <summary>Takes the keys back. The statement needs no revision: it is made before anything went wrong.</summary>
    public async Task<Answer> RevokeAsync(Username name, SignedRequest request, CancellationToken cancellation)
    {
        if (await FindActiveAsync(name, cancellation).ConfigureAwait(false) is not { } user) return Answer.UserNotFound;
        var statement = Statements.Revoke(signer.Directory, name, ValidKeys.Hash(user.SignKey!));
        if (!user.Signed(statement, request.Signature)) return Answer.WrongSignature;
        var record = new NewRecord(signer.Sign(Next(user, name, RecordStatus.Revoked)), RecordOrigin.Revocation) { SignatureOld = request.Signature };
        return await AppendAsync(user, record, cancellation).ConfigureAwait(false) ?? Answer.UserRevoked;
    }

    public async Task<Answer> DeleteAsync(Username name, DeletionRequest request, CancellationToken cancellation)
    {
        if (await FindActiveAsync(name, cancellation).ConfigureAwait(false) is not { } user) return Answer.UserNotFound;
        if (!user.IsNext(request.Rev, request.Prev)) return Answer.RecordChanged;
        if (!user.Signed(Statements.Delete(signer.Directory, name, request.Rev, request.Prev), request.Signature)) return Answer.WrongSignature;
        var record = new NewRecord(signer.Sign(Next(user, name, RecordStatus.Deleted)), RecordOrigin.Deletion) { SignatureOld = request.Signature };
        return await AppendAsync(user, record, cancellation).ConfigureAwait(false) ?? Answer.UserDeleted;
    }

    private async Task<StoredUser?> FindActiveAsync(Username name, CancellationToken cancellation) =>
        await users.FindAsync(name, cancellation).ConfigureAwait(false) is { Status: UserStatus.Active } user ? user : null;

    private DirectoryRecord Next(StoredUser user, Username name, RecordStatus status) => user.Next(signer.Directory, name, status, clock.GetUtcNow());

    private async Task<Answer?> AppendAsync(StoredUser user, NewRecord record, CancellationToken cancellation)
    {
        var outcome = await users.AppendAsync(user.Id, record, cancellation).ConfigureAwait(false);
        if (outcome == StoreOutcome.KeyTaken) return Answer.Refused(Refusal.KeyTaken);
        if (outcome == StoreOutcome.Stale) return Answer.RecordChanged;
        logger.LogInformation("{User} has record {Rev}: {Origin}.", record.Signed.Record.User, record.Signed.Record.Rev, record.Origin);
        return null;
    }
}

using Microsoft.Extensions.Logging;
using NesActors.Contracts;
using NesActors.Directory.Api;
using NesActors.Directory.Links;
using NesActors.Directory.Mail;
using NesActors.Directory.Owners;
using NesActors.Directory.Records;
using NesActors.Directory.Registration;
using NesActors.Directory.Storage;
using NesActors.Records;

namespace NesActors.Directory.Recovery;

/// <summary>
/// New keys for an owner who lost the old ones: asked for, confirmed by mail, then open for 72 hours to the veto of whoever still has the old key.
/// </summary>
internal sealed class Recoveries(
    UserStore users, RecoveryStore recoveries, RecordSigner signer, ActivationMode mode, LinkAddress address, TimeProvider clock, ILogger<Recoveries> logger)
{
    /// <summary>Takes a request. The answer says nothing about the user.</summary>
    public async Task<Answer> RequestAsync(Username name, RecoveryRequest request, CancellationToken cancellation)
    {
        if (mode == ActivationMode.None) return Answer.RecoveryNeedsMail;
        var (keys, reason) = ValidKeys.Check(request.MessageKey, request.SignKey);
        if (keys is null) return Answer.Refused(reason!);
        if (!keys.Signed(Statements.Recover(signer.Directory, name, keys.Digests), request.Signature)) return Answer.WrongSignature;
        if (await users.AreKeysTakenAsync(name, keys.Digests, hasProof: true, cancellation).ConfigureAwait(false)) return Answer.Refused(Refusal.KeyTaken);

        var (confirmation, confirmHash) = LinkToken.Create();
        var (cancelling, cancelHash) = LinkToken.Create();
        await recoveries.RequestAsync(
            name,
            new NewRecovery(keys, clock.GetUtcNow(), confirmHash, cancelHash),
            email => new OwnerMail.Recovery(email, name, keys.Digests.Sign.Hex, address.Of(name, confirmation), address.Of(name, cancelling)),
            cancellation).ConfigureAwait(false);
        return Answer.CheckEmail;
    }

    /// <summary>The recovery that waits; null where there is none.</summary>
    public async Task<StoredRecovery?> FindAsync(Username name, CancellationToken cancellation) =>
        await FindWithUserAsync(name, cancellation).ConfigureAwait(false) is var (_, recovery) ? recovery : null;

    public async Task<Answer> VetoAsync(Username name, SignedRequest request, CancellationToken cancellation)
    {
        if (await FindWithUserAsync(name, cancellation).ConfigureAwait(false) is not var (user, recovery)) return Answer.NoRecovery;
        if (!user.Signed(Statements.Veto(signer.Directory, name, recovery.Keys), request.Signature)) return Answer.WrongSignature;
        if (!await recoveries.CancelAsync(recovery, user, cancellation).ConfigureAwait(false)) return Answer.RecordChanged;
        logger.LogInformation("{User} stopped a recovery by key.", name);
        return Answer.RecoveryCancelled;
    }

    private async Task<(StoredUser User, StoredRecovery Recovery)?> FindWithUserAsync(Username name, CancellationToken cancellation) =>
        await users.FindAsync(name, cancellation).ConfigureAwait(false) is { } user
        && await recoveries.FindAsync(user.Id, cancellation).ConfigureAwait(false) is { } recovery
        && !recovery.HasLapsed(clock.GetUtcNow())
            ? (user, recovery)
            : null;
}

using NesActors.Contracts;
using NesActors.Directory.Api;
using NesActors.Directory.Records;
using NesActors.Directory.Recovery;
using NesActors.Directory.Registration;
using NesActors.Directory.Storage;
using NesActors.Records;

namespace NesActors.Directory.Links;

/// <summary>Finds links by their tokens, and does what they say. Each does it once.</summary>
internal sealed class OwnerLinks(UserStore users, RecoveryStore recoveries, RecordSigner signer, TimeProvider clock)
{
    /// <returns>Null where the link is nobody's, or did its work before.</returns>
    public async Task<OwnerLink?> FindAsync(Username name, string token, CancellationToken cancellation)
    {
        if (LinkToken.Hash(token) is not { } hash || await users.FindAsync(name, cancellation).ConfigureAwait(false) is not { } user) return null;
        if (user.Status == UserStatus.Pending) return LinkToken.Matches(user.ActivationHash, hash) ? Activation(name, user) : null;
        if (!user.HasOwner) return null;
        if (LinkToken.Matches(user.DeletionHash, hash)) return new OwnerLink(name, LinkAction.Delete, Until: null, IsOver: false, user);
        return await recoveries.FindAsync(user.Id, cancellation).ConfigureAwait(false) is { } recovery ? OfRecovery(name, user, recovery, hash) : null;
    }

    public async Task<Answer> FollowAsync(OwnerLink link, CancellationToken cancellation)
    {
        if (link.IsOver) return link.Over;
        return link.Action switch
        {
            LinkAction.Activate => await ActivateAsync(link, cancellation).ConfigureAwait(false),
            LinkAction.Delete => await DeleteAsync(link, cancellation).ConfigureAwait(false),
            LinkAction.Recover when await recoveries.ConfirmAsync(link.Recovery!, clock.GetUtcNow(), cancellation).ConfigureAwait(false) => Answer.RecoveryConfirmed,
            LinkAction.Cancel when await recoveries.CancelAsync(link.Recovery!, link.Row, cancellation).ConfigureAwait(false) => Answer.RecoveryCancelled,
            _ => Answer.UserNotFound,
        };
    }

    private OwnerLink Activation(Username name, StoredUser user)
    {
        var until = DateTimeOffset.FromUnixTimeMilliseconds(user.RegisteredAt) + Registrar.ActivationTime;
        return new OwnerLink(name, LinkAction.Activate, until, clock.GetUtcNow() >= until, user);
    }

    private OwnerLink? OfRecovery(Username name, StoredUser user, StoredRecovery recovery, byte[] hash)
    {
        LinkAction? action = LinkToken.Matches(recovery.CancelHash, hash) ? LinkAction.Cancel
            : !recovery.IsConfirmed && LinkToken.Matches(recovery.ConfirmHash, hash) ? LinkAction.Recover
            : null;
        if (action is not { } does) return null;
        return new OwnerLink(name, does, recovery.Until, recovery.HasLapsed(clock.GetUtcNow()), user) { Recovery = recovery };
    }

    private async Task<Answer> ActivateAsync(OwnerLink link, CancellationToken cancellation)
    {
        var first = link.Row.Next(signer.Directory, link.User, RecordStatus.Active, clock.GetUtcNow()) with
        {
            MessageKey = link.Row.MessageKey,
            SignKey = link.Row.SignKey,
        };
        var record = new NewRecord(signer.Sign(first), RecordOrigin.Registration) { HasProof = link.Row.HasProof };
        return await users.AppendAsync(link.Row.Id, record, cancellation).ConfigureAwait(false) switch
        {
            StoreOutcome.Done => Answer.UserActivated,
            StoreOutcome.KeyTaken => Answer.KeyTaken,
            _ => Answer.UserNotFound,
        };
    }

    private async Task<Answer> DeleteAsync(OwnerLink link, CancellationToken cancellation)
    {
        var last = link.Row.Next(signer.Directory, link.User, RecordStatus.Deleted, clock.GetUtcNow());
        var outcome = await users.AppendAsync(link.Row.Id, new NewRecord(signer.Sign(last), RecordOrigin.Deletion), cancellation).ConfigureAwait(false);
        return outcome == StoreOutcome.Done ? Answer.UserDeleted : Answer.UserNotFound;
    }
}

using Microsoft.Extensions.Logging;
using NesActors.Contracts;
using NesActors.Directory.Records;
using NesActors.Directory.Storage;
using NesActors.Records;

namespace NesActors.Directory.Registration;

/// <summary>Takes registrations, and follows their links.</summary>
/// <param name="publicAddress">What links begin with; asked at each registration, because a free port is known only once the server listens.</param>
internal sealed class Registrar(
    UserStore users, RecordSigner signer, ActivationMode mode, Func<Uri> publicAddress, TimeProvider clock, ILogger<Registrar> logger)
{
    /// <summary>How long an activation link works.</summary>
    public static readonly TimeSpan ActivationTime = TimeSpan.FromHours(24);

    /// <returns>Why the registration is refused; null where it was taken.</returns>
    public async Task<string?> RegisterAsync(RegistrationRequest request, CancellationToken cancellation)
    {
        var (registration, refusal) = ValidRegistration.Check(request);
        if (registration is null) return refusal;
        // Asked before the costly signature is made; the unique index decides between those that come at once.
        if (await users.FindAsync(registration.Username, cancellation).ConfigureAwait(false) is not null) return Refusal.UserExists;
        return mode == ActivationMode.None
            ? await AddActiveAsync(registration, cancellation).ConfigureAwait(false)
            : await AddPendingAsync(registration, cancellation).ConfigureAwait(false);
    }

    public async Task<LinkOutcome> FollowAsync(Username username, string token, CancellationToken cancellation)
    {
        if (LinkToken.Hash(token) is not { } hash || await users.FindAsync(username, cancellation).ConfigureAwait(false) is not { } user) return LinkOutcome.Unknown;
        return user.Status switch
        {
            UserStatus.Pending when LinkToken.Matches(user.ActivationHash, hash) => await ActivateAsync(username, user, cancellation).ConfigureAwait(false),
            UserStatus.Active when LinkToken.Matches(user.DeletionHash, hash) => await DeleteAsync(username, user, cancellation).ConfigureAwait(false),
            _ => LinkOutcome.Unknown,
        };
    }

    private async Task<LinkOutcome> ActivateAsync(Username username, StoredUser user, CancellationToken cancellation)
    {
        if (clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(user.RegisteredAt) >= ActivationTime) return LinkOutcome.Expired;
        var record = FirstRecord(username, user.MessageKey!, user.SignKey!);
        return await users.ActivateAsync(user.Id, record, cancellation).ConfigureAwait(false) ? LinkOutcome.Activated : LinkOutcome.Unknown;
    }

    private async Task<LinkOutcome> DeleteAsync(Username username, StoredUser user, CancellationToken cancellation)
    {
        var record = signer.Sign(new DirectoryRecord(signer.Directory, username, user.Rev!.Value + 1, RecordStatus.Deleted, clock.GetUtcNow())
        {
            Prev = Digest.TryParse(user.RecordHash, out var prev) ? prev : null,
        });
        return await users.DeleteAsync(user.Id, record, cancellation).ConfigureAwait(false) ? LinkOutcome.Deleted : LinkOutcome.Unknown;
    }

    private async Task<string?> AddActiveAsync(ValidRegistration registration, CancellationToken cancellation)
    {
        var user = ToRow(registration) with { Record = FirstRecord(registration.Username, registration.MessageKey, registration.SignKey) };
        if (!await users.AddAsync(user, cancellation).ConfigureAwait(false)) return Refusal.UserExists;
        logger.LogInformation("{User} registered and is active.", registration.Username);
        return null;
    }

    private SignedRecord FirstRecord(Username user, string messageKey, string signKey) => signer.Sign(
        new DirectoryRecord(signer.Directory, user, 1, RecordStatus.Active, clock.GetUtcNow()) { MessageKey = messageKey, SignKey = signKey });

    private async Task<string?> AddPendingAsync(ValidRegistration registration, CancellationToken cancellation)
    {
        var (activation, activationHash) = LinkToken.Create();
        var (deletion, deletionHash) = LinkToken.Create();
        var user = ToRow(registration) with { ActivationHash = activationHash, DeletionHash = deletionHash };
        if (!await users.AddAsync(user, cancellation).ConfigureAwait(false)) return Refusal.UserExists;
        var links = ActivationLinks.For(publicAddress(), registration.Username, activation, deletion);
        logger.LogInformation(
            "{User} registered. To activate within 24 hours: {Activation} To delete later: {Deletion}", links.User, links.Activation, links.Deletion);
        return null;
    }

    private NewUser ToRow(ValidRegistration registration) =>
        new(registration.Username, registration.Email, registration.MessageKey, registration.SignKey, registration.Keys, clock.GetUtcNow());
}

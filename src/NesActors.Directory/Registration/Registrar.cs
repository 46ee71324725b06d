using Microsoft.Extensions.Logging;
using NesActors.Directory.Links;
using NesActors.Directory.Mail;
using NesActors.Directory.Records;
using NesActors.Directory.Storage;
using NesActors.Records;

namespace NesActors.Directory.Registration;

/// <summary>Takes registrations.</summary>
internal sealed class Registrar(
    UserStore users, RecordSigner signer, ActivationMode mode, LinkAddress address, TimeProvider clock, ILogger<Registrar> logger)
{
    /// <summary>How long an activation link works.</summary>
    public static readonly TimeSpan ActivationTime = TimeSpan.FromHours(24);

    /// <returns>Why the registration is refused; null where it was taken.</returns>
    public async Task<string?> RegisterAsync(RegistrationRequest request, CancellationToken cancellation)
    {
        var (registration, refusal) = ValidRegistration.Check(request, signer.Directory);
        if (registration is null) return refusal;
        // Asked before the costly signature is made; the unique index decides between those that come at once.
        if (await users.FindAsync(registration.Username, cancellation).ConfigureAwait(false) is not null) return Refusal.UserExists;
        return await AddAsync(registration, cancellation).ConfigureAwait(false) switch
        {
            StoreOutcome.Done => null,
            StoreOutcome.KeyTaken => Refusal.KeyTaken,
            _ => Refusal.UserExists,
        };
    }

    private async Task<StoreOutcome> AddAsync(ValidRegistration registration, CancellationToken cancellation)
    {
        var outcome = mode == ActivationMode.None
            ? await users.AddAsync(Active(registration), mail: null, cancellation).ConfigureAwait(false)
            : await AddPendingAsync(registration, cancellation).ConfigureAwait(false);
        if (outcome == StoreOutcome.Done) logger.LogInformation("{User} registered.", registration.Username);
        return outcome;
    }

    private NewUser Active(ValidRegistration registration)
    {
        var now = clock.GetUtcNow();
        var first = new DirectoryRecord(signer.Directory, registration.Username, 1, RecordStatus.Active, now)
        {
            MessageKey = registration.Keys.Message,
            SignKey = registration.Keys.Sign,
        };
        return new NewUser(registration, now) { Record = signer.Sign(first) };
    }

    private Task<StoreOutcome> AddPendingAsync(ValidRegistration registration, CancellationToken cancellation)
    {
        var (activation, activationHash) = LinkToken.Create();
        var (deletion, deletionHash) = LinkToken.Create();
        var user = registration.Username;
        return users.AddAsync(
            new NewUser(registration, clock.GetUtcNow()) { ActivationHash = activationHash, DeletionHash = deletionHash },
            new OwnerMail.Registration(registration.Email, user, address.Of(user, activation), address.Of(user, deletion)),
            cancellation);
    }
}

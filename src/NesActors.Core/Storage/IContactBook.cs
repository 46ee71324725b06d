using NesActors.Contracts;

namespace NesActors.Core.Storage;

/// <summary>Who is known, to be read and decided about without a session.</summary>
public interface IContactBook
{
    /// <summary>See <see cref="IMessenger.ContactsAsync"/>.</summary>
    Task<IReadOnlyList<Contact>> ContactsAsync(CancellationToken cancellation);

    /// <summary>A contact; one who was never heard of is a stranger, and <see cref="TrustState.Unseen"/>.</summary>
    Task<Contact> ContactAsync(Username user, CancellationToken cancellation);

    /// <summary>See <see cref="IMessenger.ChangeContactAsync"/>.</summary>
    Task<Contact?> ChangeContactAsync(Username contact, ContactChange change, CancellationToken cancellation);
}

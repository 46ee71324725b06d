using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Contacts;
using NesActors.Core.Suites;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>Contacts, and deleting what was said with them.</summary>
public sealed partial class SqliteMessageStore
{
    /// <inheritdoc/>
    public Task<Contact> ContactAsync(Username user, CancellationToken cancellation) => ReadAsync(statements => ContactRows.Find(statements, _key, user), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Contact>> ContactsAsync(CancellationToken cancellation) => ReadAsync(statements => ContactRows.All(statements, _key), cancellation);

    /// <inheritdoc/>
    public Task<Contact> SeeKeysAsync(Username user, ShownKeys shown, CancellationToken cancellation) =>
        Writer.RunAsync(transaction => Change(transaction, user, known => known.Seen(shown))!, cancellation);

    /// <inheritdoc/>
    public Task<Contact?> ChangeContactAsync(Username contact, ContactChange change, CancellationToken cancellation) => change is ContactChange.Forget
        ? ForgetAsync(contact, cancellation)
        : Writer.RunAsync(transaction => Change(transaction, contact, known => known.Apply(change)), cancellation);

    /// <inheritdoc/>
    public Task<Contact> HearAsync(Username user, ContactCapabilities capabilities, CancellationToken cancellation) =>
        Writer.RunAsync(transaction => Change(transaction, user, known => known.Heard(capabilities))!, cancellation);

    /// <inheritdoc/>
    public Task<ContactCapabilities> CapabilitiesAsync(Username user, CancellationToken cancellation) =>
        ReadAsync(statements => ContactTable.Find(statements, _key, user).Capabilities ?? ContactCapabilities.None, cancellation);

    /// <inheritdoc/>
    public Task<Contact?> AcceptKeysAsync(Username contact, ContactChange.AcceptKeys accept, IReadOnlyList<SuiteOffer>? offers, CancellationToken cancellation) =>
        Writer.RunAsync(transaction => Change(transaction, contact, known => known.Apply(accept, offers)), cancellation);

    /// <inheritdoc/>
    public Task<DateTimeOffset?> DoubtedAsync(Username user, CancellationToken cancellation) => ReadAsync(statements => ContactTable.Doubted(statements, user), cancellation);

    /// <inheritdoc/>
    public Task DoubtAsync(Username user, CancellationToken cancellation) => Writer.RunAsync(
        transaction =>
        {
            ContactTable.Doubt(transaction.Statements, user, transaction.Now);
            return true;
        },
        cancellation);

    /// <inheritdoc/>
    public Task MarkReadAsync(Username contact, MessageId? upTo, CancellationToken cancellation) => Writer.RunAsync(
        transaction =>
        {
            var last = upTo is { } id ? MessageTable.RowOf(transaction.Statements, id) ?? 0 : long.MaxValue;
            if (MessageTable.MarkRead(transaction.Statements, contact, last) > 0) LogContact(transaction, contact);
            return true;
        },
        cancellation);

    /// <inheritdoc/>
    public async Task<bool> DeleteMessageAsync(MessageId id, CancellationToken cancellation)
    {
        var isDeleted = await Writer.RunAsync(
            transaction =>
            {
                var known = MessageTable.Find(transaction.Statements, _key, id);
                if (DeletedMessages.One(transaction, id) == 0) return false;
                LogContact(transaction, known!.Value.Message.Contact);
                return true;
            },
            cancellation).ConfigureAwait(false);
        if (isDeleted) _recent.Forget(message => message.Id == id);
        return isDeleted;
    }

    /// <inheritdoc/>
    public async Task<int> DeleteConversationAsync(Username contact, CancellationToken cancellation)
    {
        var (deleted, some) = (0, DeletedMessages.Limit);
        while (some == DeletedMessages.Limit)
        {
            some = await Writer.RunAsync(
                transaction =>
                {
                    var count = DeletedMessages.With(transaction, contact);
                    if (count > 0) LogContact(transaction, contact);
                    return count;
                },
                cancellation).ConfigureAwait(false);
            deleted += some;
        }
        _recent.Forget(message => message.Contact == contact && message.State != MessageState.Queued);
        return deleted;
    }

    /// <inheritdoc/>
    public async Task DisappearAsync(Username contact, TimeSpan? after, CancellationToken cancellation)
    {
        if (after is { } time) ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.FromSeconds(1));
        await Writer.RunAsync(
            transaction =>
            {
                if (DisappearingTable.Put(transaction.Statements, contact, after)) LogContact(transaction, contact);
                return true;
            },
            cancellation).ConfigureAwait(false);
        await _retention.RunAsync().ConfigureAwait(false);
    }

    /// <summary>What is known of the contact goes at once, of the messages so many at a time; what was received stays recognised, and the numbering goes on.</summary>
    private async Task<Contact?> ForgetAsync(Username user, CancellationToken cancellation)
    {
        if (await Writer.RunAsync(transaction => ForgetEntry(transaction, user), cancellation).ConfigureAwait(false) is not { } forgotten) return null;
        await DeleteConversationAsync(user, cancellation).ConfigureAwait(false);
        return forgotten with { Unread = 0 };
    }

    private Contact? ForgetEntry(StoreTransaction transaction, Username user)
    {
        var statements = transaction.Statements;
        if (OutboxTable.Has(statements, user)) return null;
        var isKnown = ContactTable.Find(statements, _key, user) != ContactEntry.None;
        ContactTable.Remove(statements, user);
        isKnown |= DisappearingTable.Put(statements, user, null);
        EventTable.Forget(statements, user);
        transaction.HasDeleted = true;
        return isKnown ? LogContact(transaction, user) : ContactRows.Find(statements, _key, user);
    }

    private Contact? Change(StoreTransaction transaction, Username user, Func<ContactEntry, ContactEntry?> change)
    {
        var known = ContactTable.Find(transaction.Statements, _key, user);
        if (change(known) is not { } entry) return null;
        if (entry == known) return ContactRows.Find(transaction.Statements, _key, user);
        ContactTable.Put(transaction.Statements, _key, user, entry, transaction.Now);
        // Of what messages tell, most is nothing to be shown.
        return entry.ToContact(user, 0) == known.ToContact(user, 0) && known != ContactEntry.None ? ContactRows.Find(transaction.Statements, _key, user) : LogContact(transaction, user);
    }

    private Contact LogContact(StoreTransaction transaction, Username user)
    {
        var contact = ContactRows.Find(transaction.Statements, _key, user);
        transaction.Append(cursor => new ContactChanged(cursor, transaction.Now, contact), new EventRow(EventRow.Contact, transaction.Now) { User = user });
        return contact;
    }
}

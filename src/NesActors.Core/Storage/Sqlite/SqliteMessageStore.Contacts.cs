using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Conversation;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>Contacts, and deleting what was said with them.</summary>
public sealed partial class SqliteMessageStore
{
    /// <inheritdoc/>
    public Task<Contact> ContactAsync(Username user, CancellationToken cancellation) => ReadAsync(statements => ContactRows.Find(statements, user), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Contact>> ContactsAsync(CancellationToken cancellation) => ReadAsync(ContactRows.All, cancellation);

    /// <inheritdoc/>
    public Task<Contact> SeeKeysAsync(Username user, Fingerprint shown, Vouching vouched, CancellationToken cancellation) =>
        Writer.RunAsync(transaction => ChangeTrust(transaction, user, trust => trust.Seen(shown, vouched))!, cancellation);

    /// <inheritdoc/>
    public Task<Contact?> AcceptKeysAsync(Username user, Fingerprint accepted, CancellationToken cancellation) =>
        Writer.RunAsync(transaction => ChangeTrust(transaction, user, trust => trust.Accept(accepted)), cancellation);

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
                DisappearingTable.Put(transaction.Statements, contact, after);
                return true;
            },
            cancellation).ConfigureAwait(false);
        await _retention.RunAsync().ConfigureAwait(false);
    }

    private static Contact? ChangeTrust(StoreTransaction transaction, Username user, Func<KeyTrust, KeyTrust?> change)
    {
        var known = ContactTable.Find(transaction.Connection, user);
        if (change(known) is not { } trust) return null;
        if (trust == known) return ContactRows.Find(transaction.Statements, user);
        ContactTable.Put(transaction.Connection, user, trust, transaction.Now);
        return LogContact(transaction, user);
    }

    private static Contact LogContact(StoreTransaction transaction, Username user)
    {
        var contact = ContactRows.Find(transaction.Statements, user);
        transaction.Append(cursor => new ContactChanged(cursor, transaction.Now, contact), new EventRow(EventRow.Contact, transaction.Now) { User = user });
        return contact;
    }
}

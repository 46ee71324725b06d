using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Contacts;
using NesActors.Core.Suites;

namespace NesActors.Core.Storage.InMemory;

/// <summary>Contacts, and deleting what was said with them.</summary>
public sealed partial class InMemoryMessageStore
{
    /// <inheritdoc/>
    public Task<Contact> ContactAsync(Username user, CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult(ContactOf(user));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Contact>> ContactsAsync(CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<Contact>>([.. _contacts.Keys.Union(_disappearing.Keys).Order().Select(ContactOf)]);
    }

    /// <inheritdoc/>
    public Task<Contact> SeeKeysAsync(Username user, ShownKeys shown, CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult(Change(user, known => known.Seen(shown))!);
    }

    /// <inheritdoc/>
    public Task<Contact?> ChangeContactAsync(Username contact, ContactChange change, CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult(change is ContactChange.Forget ? Forget(contact) : Change(contact, known => known.Apply(change)));
    }

    /// <inheritdoc/>
    public Task<Contact?> AcceptKeysAsync(Username contact, ContactChange.AcceptKeys accept, IReadOnlyList<SuiteOffer>? offers, CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult(Change(contact, known => known.Apply(accept, offers)));
    }

    /// <inheritdoc/>
    public Task<Contact> HearAsync(Username user, ContactCapabilities capabilities, CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult(Change(user, known => known.Heard(capabilities))!);
    }

    /// <inheritdoc/>
    public Task<ContactCapabilities> CapabilitiesAsync(Username user, CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult(Entry(user).Capabilities ?? ContactCapabilities.None);
    }

    /// <inheritdoc/>
    public Task<DateTimeOffset?> DoubtedAsync(Username user, CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult(_doubted.TryGetValue(user, out var time) ? time : (DateTimeOffset?)null);
    }

    /// <inheritdoc/>
    public Task DoubtAsync(Username user, CancellationToken cancellation)
    {
        lock (_gate) _doubted[user] = clock.GetUtcNow();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<MessageReceived>> UnreadAsync(int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        lock (_gate) return Task.FromResult(_events.Received(id => _messages.Find(id) is { State: MessageState.Received }, limit));
    }

    /// <inheritdoc/>
    public Task MarkReadAsync(Username contact, MessageId? upTo, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var unread = _unread.GetValueOrDefault(contact);
            _messages.MarkRead(contact, upTo);
            CountUnread(contact);
            if (_unread.GetValueOrDefault(contact) != unread) LogContact(contact);
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> DeleteMessageAsync(MessageId id, CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult(_messages.Find(id) is { } message && Delete(message.Contact, one => one.Id == id) > 0);
    }

    /// <inheritdoc/>
    public Task<int> DeleteConversationAsync(Username contact, CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult(Delete(contact, _ => true));
    }

    /// <inheritdoc/>
    public Task DisappearAsync(Username contact, TimeSpan? after, CancellationToken cancellation)
    {
        if (after is { } time) ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.FromSeconds(1));
        lock (_gate)
        {
            var before = ContactOf(contact);
            if (after is { } limit) _disappearing[contact] = TimeSpan.FromSeconds((long)limit.TotalSeconds);
            else _disappearing.Remove(contact);
            if (ContactOf(contact) != before) LogContact(contact);
            Sweep();
        }
        return Task.CompletedTask;
    }

    private int Delete(Username contact, Func<StoredMessage, bool> which)
    {
        var unread = _unread.GetValueOrDefault(contact);
        var deleted = DeleteSilently(contact, which);
        if (_unread.GetValueOrDefault(contact) != unread) LogContact(contact);
        return deleted;
    }

    private int DeleteSilently(Username contact, Func<StoredMessage, bool> which)
    {
        var deleted = _messages.Delete(contact, message => !_outbox.Has(message.Id) && which(message));
        if (deleted.Count == 0) return 0;
        _events.Forget(deleted);
        _delivery.Forget(contact, deleted);
        CountUnread(contact);
        return deleted.Count;
    }

    private void Sweep()
    {
        var now = clock.GetUtcNow();
        foreach (var (contact, after) in _disappearing) Delete(contact, message => message.RecordedAt < now - after);
    }

    private Contact? Forget(Username user)
    {
        if (_outbox.All(id => _messages.Find(id)!).Any(entry => entry.Message.Contact == user)) return null;
        var isChange = _contacts.Remove(user) | _disappearing.Remove(user) | DeleteSilently(user, _ => true) > 0;
        _unread.Remove(user);
        _doubted.Remove(user);
        return isChange ? LogContact(user) : ContactOf(user);
    }

    private Contact? Change(Username user, Func<ContactEntry, ContactEntry?> change)
    {
        var known = Entry(user);
        if (change(known) is not { } entry) return null;
        if (entry == known) return ContactOf(user);
        var before = ContactOf(user);
        _contacts[user] = entry;
        // Of what messages tell, most is nothing to be shown.
        return ContactOf(user) == before && known != ContactEntry.None ? before : LogContact(user);
    }

    private Contact LogContact(Username user)
    {
        var contact = ContactOf(user);
        _events.Append(cursor => new ContactChanged(cursor, clock.GetUtcNow(), contact));
        return contact;
    }

    private ContactEntry Entry(Username user) => _contacts.GetValueOrDefault(user, ContactEntry.None);

    private void CountUnread(Username contact)
    {
        if (_messages.Unread(contact) is > 0 and var unread) _unread[contact] = unread;
        else _unread.Remove(contact);
    }

    private Contact ContactOf(Username user) =>
        Entry(user).ToContact(user, _unread.GetValueOrDefault(user)) with { DisappearAfter = _disappearing.TryGetValue(user, out var after) ? after : null };
}

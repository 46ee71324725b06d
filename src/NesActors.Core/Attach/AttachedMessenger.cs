using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Attach.Wire;
using NesActors.Core.Session;
using NesActors.Core.Storage;
using NesActors.Core.Storage.State;
using Paths = NesActors.Core.Attach.AttachProtocol.Paths;

namespace NesActors.Core.Attach;

/// <summary>
/// The session of another process of the same user. When that process ends, calls end with <see cref="ObjectDisposedException"/>. Nothing of a session
/// is loaded for it: no actors, no plugins, no keys.
/// </summary>
public sealed class AttachedMessenger : IMessenger, IMessageArchive, IContactBook, IDisposable
{
    private static readonly TimeSpan GreetingLimit = TimeSpan.FromSeconds(10);

    private readonly OwnerCalls _owner;
    private readonly Greeting _greeting;
    private readonly SendQueue _sends;

    private AttachedMessenger(OwnerCalls owner, Greeting greeting)
    {
        (_owner, _greeting) = (owner, greeting);
        // Calls at the same time go over connections of their own, which know no order.
        _sends = new SendQueue(sends => _owner.AskAsync(Paths.Send, new Sends(sends), Nothing.Read, CancellationToken.None));
    }

    /// <summary>Who runs the session.</summary>
    public OwnerInfo Owner => _greeting.Owner;

    /// <inheritdoc/>
    public Username Me => Owner.Me;

    /// <inheritdoc/>
    public Fingerprint MyFingerprint => _greeting.Fingerprint;

    /// <summary>The newest position in the log of events when this process attached.</summary>
    public long StartCursor => _greeting.Cursor;

    /// <summary>Attaches to whoever runs the session of a state folder.</summary>
    /// <param name="folder">The state folder.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="waitsHere">Whether calls, but for events, wait for their answer on the thread that calls and come back when it is there: for a program that does one thing and ends, which is done sooner where nothing needs to be loaded to wait otherwise.</param>
    /// <returns>Null where nobody answers.</returns>
    /// <exception cref="AttachException">That program is of another version.</exception>
    public static async Task<AttachedMessenger?> TryConnectAsync(string folder, CancellationToken cancellation, bool waitsHere = false)
    {
        if (LocalSocket.Owner.Find(folder) is not { } socket) return null;
        var owner = new OwnerCalls(socket, waitsHere);
        try
        {
            return new AttachedMessenger(owner, await owner.AskAsync(Paths.Session, Nothing.More, Greeting.Read, cancellation, GreetingLimit).ConfigureAwait(false));
        }
        catch (Exception e)
        {
            owner.Dispose();
            // Nobody, or somebody who is just ending, or who is none of us: the lock of the folder tells which.
            if (e is ObjectDisposedException) return null;
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<MessageId> SendAsync(Username to, string text, CancellationToken cancellation)
    {
        var id = MessageId.New(TimeProvider.System);
        await SendAsync(id, to, text, cancellation).ConfigureAwait(false);
        return id;
    }

    /// <inheritdoc/>
    public Task SendAsync(MessageId id, Username to, string text, CancellationToken cancellation)
    {
        // Here too: what is carried would have a replacement for what is no Unicode.
        MessageText.Check(text);
        return _sends.SendAsync(new Send(id, to, text), cancellation);
    }

    /// <inheritdoc/>
    public Task<StoredMessage> SettleAsync(MessageId id, TimeSpan timeout, CancellationToken cancellation) =>
        _owner.AskAsync(Paths.Settle, new Settle(id, timeout), MessageWire.Read, cancellation);

    /// <inheritdoc/>
    public Task<StoredMessage> WaitAsync(MessageId id, MessageState until, TimeSpan timeout, CancellationToken cancellation) =>
        _owner.AskAsync(Paths.Wait, new Wait(id, until, timeout), MessageWire.Read, cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<MessengerEvent> EventsAsync(long after, CancellationToken cancellation) => _owner.EventsAsync(after, cancellation);

    /// <inheritdoc/>
    public Task<EventPage> EventPageAsync(long after, int limit, bool arrivalsOnly, CancellationToken cancellation) =>
        _owner.AskAsync(Paths.EventPage, new OfEventPage(after, limit, arrivalsOnly), EventWire.ReadPage, cancellation);

    /// <inheritdoc cref="IMessenger.FindAsync"/>
    public Task<StoredMessage?> FindAsync(MessageId id, CancellationToken cancellation) =>
        _owner.AskAsync(Paths.Find, new OfMessage(id), MessageWire.ReadOptional, cancellation);

    /// <inheritdoc cref="IMessenger.HistoryAsync"/>
    public Task<IReadOnlyList<StoredMessage>> HistoryAsync(Username contact, MessageId? before, MessageId? after, int limit, CancellationToken cancellation) =>
        _owner.AskAsync(Paths.History, new History(contact, before, after, limit), MessageWire.ReadList, cancellation);

    /// <inheritdoc cref="IMessenger.SearchAsync"/>
    public Task<IReadOnlyList<StoredMessage>> SearchAsync(string text, Username? contact, MessageId? before, int limit, CancellationToken cancellation) =>
        _owner.AskAsync(Paths.Search, new Search(text, contact, before, limit), MessageWire.ReadList, cancellation);

    /// <inheritdoc cref="IMessenger.DeleteMessageAsync"/>
    public Task<bool> DeleteMessageAsync(MessageId id, CancellationToken cancellation) =>
        _owner.AskAsync(Paths.DeleteMessage, new OfMessage(id), Fields.Flag, cancellation);

    /// <inheritdoc cref="IMessenger.DeleteConversationAsync"/>
    public Task<int> DeleteConversationAsync(Username contact, CancellationToken cancellation) =>
        _owner.AskAsync(Paths.DeleteConversation, new OfContact(contact), from => from.ReadInt32(), cancellation);

    /// <inheritdoc cref="IMessenger.DisappearAsync"/>
    public Task DisappearAsync(Username contact, TimeSpan? after, CancellationToken cancellation) =>
        _owner.AskAsync(Paths.Disappear, new Disappear(contact, after), Nothing.Read, cancellation);

    /// <inheritdoc cref="IMessenger.ContactsAsync"/>
    public Task<IReadOnlyList<Contact>> ContactsAsync(CancellationToken cancellation) =>
        _owner.AskAsync(Paths.Contacts, Nothing.More, ContactWire.ReadList, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MessageReceived>> UnreadAsync(int limit, CancellationToken cancellation) =>
        _owner.AskAsync(Paths.Unread, new Unread(limit), EventWire.ReadReceived, cancellation);

    /// <inheritdoc/>
    public Task MarkReadAsync(Username contact, MessageId? upTo, CancellationToken cancellation) =>
        _owner.AskAsync(Paths.MarkRead, new MarkRead(contact, upTo), Nothing.Read, cancellation);

    /// <inheritdoc cref="IMessenger.ContactAsync"/>
    public Task<Contact> ContactAsync(Username user, CancellationToken cancellation) =>
        _owner.AskAsync(Paths.Contact, new OfContact(user), ContactWire.Read, cancellation);

    /// <inheritdoc/>
    public Task<KeyLookUp> LookUpAsync(Username contact, CancellationToken cancellation) =>
        _owner.AskAsync(Paths.LookUp, new OfContact(contact), ContactWire.ReadLookUp, cancellation);

    /// <inheritdoc cref="IMessenger.ChangeContactAsync"/>
    public Task<Contact?> ChangeContactAsync(Username contact, ContactChange change, CancellationToken cancellation) =>
        _owner.AskAsync(Paths.ChangeContact, new ChangeContact(contact, change), ContactWire.ReadOptional, cancellation);

    /// <inheritdoc/>
    public Task<MessengerStatus> StatusAsync(CancellationToken cancellation) =>
        _owner.AskAsync(Paths.Status, Nothing.More, StatusWire.Read, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _owner.Dispose();
}

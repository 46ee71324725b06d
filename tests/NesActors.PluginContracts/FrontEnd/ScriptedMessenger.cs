using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.PluginContracts.FrontEnd;

/// <summary>
/// A session without a network, for tests of front-ends: it keeps what is sent, and what arrives is what the test says. Safe for several
/// threads at once.
/// </summary>
/// <param name="me">Whose session it plays.</param>
/// <param name="clock">The time of everything.</param>
public sealed class ScriptedMessenger(Username me, TimeProvider clock) : IMessenger
{
    private readonly Lock _lock = new();
    private readonly EventLog _log = new();
    private readonly List<StoredMessage> _messages = [];
    private readonly SortedDictionary<Username, Contact> _contacts = [];
    private ConnectionState _connection = ConnectionState.Online;
    private string? _detail;
    private bool _isOver;

    /// <inheritdoc/>
    public Username Me => me;

    /// <inheritdoc/>
    public Fingerprint MyFingerprint { get; set; } = new(new string('a', Fingerprint.Length));

    /// <inheritdoc/>
    public long StartCursor { get; set; }

    /// <summary>How a message goes on once it is accepted; at first, all are published. <see cref="MessageState.Queued"/> leaves it waiting.</summary>
    public Func<StoredMessage, StoredMessage> Carry { get; set; } = message => message with { State = MessageState.Published };

    /// <summary>Is called with each message once it was carried.</summary>
    public Action<StoredMessage> Sent { get; set; } = _ => { };

    /// <summary>All messages, either way, the oldest first.</summary>
    public IReadOnlyList<StoredMessage> Messages
    {
        get
        {
            lock (_lock) return [.. _messages];
        }
    }

    /// <summary>A message arrives.</summary>
    /// <param name="from">From whom.</param>
    /// <param name="text">Its text, hostile or not.</param>
    /// <param name="sentAt">The sender's clock; <see langword="null"/>: like ours.</param>
    /// <param name="underChangedKey">Whether it is signed by other keys than the pinned ones.</param>
    /// <param name="isOutOfTime">Whether the sender's clock is far from ours.</param>
    /// <param name="isRequest">Whether the sender is a stranger.</param>
    /// <param name="isOlderSuite">Whether it came by a weaker suite than the sender has.</param>
    /// <param name="breaksChain">Whether its sender wrote another message before it than arrived.</param>
    public StoredMessage Receive(Username from, string text, DateTimeOffset? sentAt = null, bool underChangedKey = false, bool isOutOfTime = false, bool isRequest = false, bool isOlderSuite = false, bool breaksChain = false)
    {
        var now = clock.GetUtcNow();
        var message = new StoredMessage(MessageId.New(clock), from, MessageDirection.Incoming, sentAt ?? now, now, text, MessageState.Received)
        {
            UnderChangedKey = underChangedKey,
            IsOutOfTime = isOutOfTime,
            IsRequest = isRequest,
            IsOlderSuite = isOlderSuite,
            BreaksChain = breaksChain,
        };
        lock (_lock)
        {
            _messages.Add(message);
            _log.Append(cursor => new MessageReceived(cursor, now, message));
            var contact = ContactOf(from);
            Put(contact with { Unread = contact.Unread + 1 });
        }
        return message;
    }

    /// <summary>A message comes further.</summary>
    public void Change(StoredMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        lock (_lock)
        {
            _messages[IndexOf(message.Id)] = message;
            _log.Append(cursor => new MessageStateChanged(cursor, clock.GetUtcNow(), message));
        }
    }

    /// <summary>What is known of a contact changes.</summary>
    public void Change(Contact contact)
    {
        lock (_lock) Put(contact);
    }

    /// <summary>The connection comes or goes.</summary>
    public void Change(ConnectionState state, string? detail = null)
    {
        lock (_lock)
        {
            (_connection, _detail) = (state, detail);
            _log.Append(cursor => new ConnectionChanged(cursor, clock.GetUtcNow(), state, detail));
        }
    }

    /// <summary>A message that is in the history and in no event: from an earlier run.</summary>
    public void Remember(StoredMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        lock (_lock)
        {
            _messages.Add(message);
            _contacts[message.Contact] = ContactOf(message.Contact);
        }
    }

    /// <summary>The session ends: every call fails from now on.</summary>
    public void End()
    {
        lock (_lock) _isOver = true;
        _log.End();
    }

    /// <inheritdoc/>
    public async Task<MessageId> SendAsync(Username to, string text, CancellationToken cancellation)
    {
        var id = MessageId.New(clock);
        await SendAsync(id, to, text, cancellation).ConfigureAwait(false);
        return id;
    }

    /// <inheritdoc/>
    public Task SendAsync(MessageId id, Username to, string text, CancellationToken cancellation)
    {
        Check(cancellation);
        var now = clock.GetUtcNow();
        var message = new StoredMessage(id, to, MessageDirection.Outgoing, now, now, text, MessageState.Queued);
        lock (_lock)
        {
            if (_messages.Any(known => known.Id == id)) return Task.CompletedTask;
            _messages.Add(message);
            if (ContactOf(to) is { Standing: ContactStanding.Stranger } stranger) Put(stranger with { Standing = ContactStanding.Accepted });
            Change(message);
        }
        var carried = Carry(message);
        if (carried.State != MessageState.Queued) Change(carried);
        Sent(carried);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<StoredMessage> SettleAsync(MessageId id, TimeSpan timeout, CancellationToken cancellation)
    {
        var message = await WaitAsync(id, MessageState.Published, timeout, cancellation).ConfigureAwait(false);
        if (message.State != MessageState.Queued) return message;
        var withdrawn = message with { State = MessageState.Failed, Failure = SendFailure.BrokerUnavailable };
        Change(withdrawn);
        return withdrawn;
    }

    /// <inheritdoc/>
    public async Task<StoredMessage> WaitAsync(MessageId id, MessageState until, TimeSpan timeout, CancellationToken cancellation)
    {
        Check(cancellation);
        if (Messages.All(message => message.Id != id)) throw new KeyNotFoundException("There is no such message.");
        using var limit = new CancellationTokenSource(timeout, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            await foreach (var happened in EventsAsync(0, ending.Token).ConfigureAwait(false))
            {
                if (happened is MessageStateChanged { Message: var message } && message.Id == id && message.HasCome(until)) return message;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Messages.Single(message => message.Id == id);
        }
        throw new ObjectDisposedException(nameof(IMessenger));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<MessengerEvent> EventsAsync(long after, CancellationToken cancellation) => _log.FollowAsync(after, cancellation);

    /// <inheritdoc/>
    public Task<EventPage> EventPageAsync(long after, int limit, bool arrivalsOnly, CancellationToken cancellation)
    {
        Check(cancellation);
        var all = _log.All;
        return Task.FromResult(EventPage.Of(all.SkipWhile(happened => happened.Cursor <= after), after, all.Count, limit, arrivalsOnly));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredMessage>> HistoryAsync(Username contact, MessageId? before, MessageId? after, int limit, CancellationToken cancellation)
    {
        Check(cancellation);
        var (begin, end) = (after is { } first ? IndexOf(first) + 1 : 0, before is { } last ? IndexOf(last) : Messages.Count);
        var between = Messages.Take(end).Skip(begin).Where(message => message.Contact == contact);
        return Task.FromResult<IReadOnlyList<StoredMessage>>([.. after is null ? between.TakeLast(limit) : between.Take(limit)]);

        int IndexOf(MessageId id) => Messages.Index().Single(entry => entry.Item.Id == id).Index;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredMessage>> SearchAsync(string text, Username? contact, MessageId? before, int limit, CancellationToken cancellation)
    {
        Check(cancellation);
        return Task.FromResult<IReadOnlyList<StoredMessage>>(
            [.. Messages.TakeWhile(message => message.Id != before).Reverse().Where(message => contact is null || message.Contact == contact)
                .Where(message => message.Text.Contains(text, StringComparison.OrdinalIgnoreCase)).Take(limit)]);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteMessageAsync(MessageId id, CancellationToken cancellation)
    {
        Check(cancellation);
        lock (_lock) return Task.FromResult(_messages.RemoveAll(message => message.Id == id && message.State != MessageState.Queued) > 0);
    }

    /// <inheritdoc/>
    public Task<int> DeleteConversationAsync(Username contact, CancellationToken cancellation)
    {
        Check(cancellation);
        lock (_lock) return Task.FromResult(_messages.RemoveAll(message => message.Contact == contact && message.State != MessageState.Queued));
    }

    /// <summary>Deletes nothing: time does not pass here.</summary>
    public Task DisappearAsync(Username contact, TimeSpan? after, CancellationToken cancellation)
    {
        Check(cancellation);
        lock (_lock)
        {
            var known = ContactOf(contact);
            if (known.DisappearAfter != after) Put(known with { DisappearAfter = after });
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Contact>> ContactsAsync(CancellationToken cancellation)
    {
        Check(cancellation);
        lock (_lock) return Task.FromResult<IReadOnlyList<Contact>>([.. _contacts.Values]);
    }

    /// <inheritdoc/>
    public Task<Contact> ContactAsync(Username user, CancellationToken cancellation)
    {
        Check(cancellation);
        lock (_lock) return Task.FromResult(ContactOf(user));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<MessageReceived>> UnreadAsync(int limit, CancellationToken cancellation)
    {
        Check(cancellation);
        return Task.FromResult<IReadOnlyList<MessageReceived>>([.. _log.All.OfType<MessageReceived>().Where(received => Messages.Any(message => message.Id == received.Message.Id && message.State == MessageState.Received)).Take(limit)]);
    }

    /// <inheritdoc/>
    public Task MarkReadAsync(Username contact, MessageId? upTo, CancellationToken cancellation)
    {
        Check(cancellation);
        lock (_lock)
        {
            var last = upTo is { } id ? IndexOf(id) : _messages.Count - 1;
            for (var index = 0; index <= last; index++)
            {
                var message = _messages[index];
                if (message.Contact == contact && message.State == MessageState.Received) _messages[index] = message with { State = MessageState.Read };
            }
            var unread = _messages.Count(message => message.Contact == contact && message.State == MessageState.Received);
            if (_contacts.TryGetValue(contact, out var known) && known.Unread != unread) Put(known with { Unread = unread });
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<StoredMessage?> FindAsync(MessageId id, CancellationToken cancellation)
    {
        Check(cancellation);
        return Task.FromResult(Messages.SingleOrDefault(message => message.Id == id));
    }

    /// <summary>What the key directory says is what is known of the contact already.</summary>
    public async Task<KeyLookUp> LookUpAsync(Username contact, CancellationToken cancellation) => new(await ContactAsync(contact, cancellation), SendFailure.None, null);

    /// <inheritdoc/>
    public Task<Contact?> ChangeContactAsync(Username contact, ContactChange change, CancellationToken cancellation)
    {
        Check(cancellation);
        lock (_lock)
        {
            var known = ContactOf(contact);
            if (Decided(known, change) is not { } decided) return Task.FromResult<Contact?>(null);
            if (change is ContactChange.Forget)
            {
                _messages.RemoveAll(message => message.Contact == contact);
                Put(decided);
                _contacts.Remove(contact);
            }
            else if (decided != known)
            {
                Put(decided);
            }
            return Task.FromResult<Contact?>(decided);
        }
    }

    /// <inheritdoc/>
    public Task<MessengerStatus> StatusAsync(CancellationToken cancellation)
    {
        Check(cancellation);
        lock (_lock)
        {
            var queued = _messages.Count(message => message.State == MessageState.Queued);
            var received = _messages.Count(message => message.Direction == MessageDirection.Incoming);
            return Task.FromResult(new MessengerStatus(me, _connection, _detail, queued, 0, received, new Dictionary<DropReason, long>()));
        }
    }

    private void Check(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock) ObjectDisposedException.ThrowIf(_isOver, typeof(IMessenger));
    }

    private Contact? Decided(Contact known, ContactChange change) => change switch
    {
        ContactChange.Accept => known with { Standing = ContactStanding.Accepted },
        ContactChange.Block => known with { Standing = ContactStanding.Blocked },
        ContactChange.Unblock when known.Standing == ContactStanding.Blocked => known with { Standing = WasWrittenTo(known.User) ? ContactStanding.Accepted : ContactStanding.Stranger },
        ContactChange.Unblock => known,
        ContactChange.Rename rename => known with { Alias = rename.Alias },
        ContactChange.AcceptKeys accept when known.Offered == accept.Fingerprint =>
            known with { Trust = TrustState.Pinned, Pinned = accept.Fingerprint, Offered = null, PinnedBy = PinOrigin.Person, IsVerified = false },
        ContactChange.Verify verify when known.Pinned == verify.Fingerprint => known with { IsVerified = verify.IsVerified },
        ContactChange.SendReadReceipts receipts => known with { ReadReceipts = receipts.Send },
        ContactChange.SendDeliveryReceipts receipts => known with { DeliveryReceipts = receipts.Send },
        ContactChange.Import import when known.Pinned is null || import.Contact.Pinned is null || known.Pinned == import.Contact.Pinned => import.Contact with { Unread = known.Unread },
        ContactChange.Forget when _messages.All(message => message.Contact != known.User || message.State != MessageState.Queued) => new Contact(known.User, TrustState.Unseen, null, null, 0),
        _ => null,
    };

    private bool WasWrittenTo(Username user) => _messages.Any(message => message.Contact == user && message.Direction == MessageDirection.Outgoing);

    private Contact ContactOf(Username user) => _contacts.GetValueOrDefault(user) ?? new Contact(user, TrustState.Unseen, null, null, 0);

    private void Put(Contact contact)
    {
        _contacts[contact.User] = contact;
        _log.Append(cursor => new ContactChanged(cursor, clock.GetUtcNow(), contact));
    }

    private int IndexOf(MessageId id) => _messages.FindIndex(message => message.Id == id);
}

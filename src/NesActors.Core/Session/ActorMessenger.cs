using System.Runtime.CompilerServices;
using Akka.Actor;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Attach;
using NesActors.Core.Storage;
using static NesActors.Core.Session.SessionProtocol;

namespace NesActors.Core.Session;

/// <summary>The session as front-ends see it: commands go to the actors, reading goes to the store.</summary>
internal sealed class ActorMessenger(ILocalIdentity identity, IActorRef sessions, IMessageStore store, long startCursor, TimeProvider clock, SessionEnd end, CancellationToken ended) : IMessenger
{
    /// <summary>How long an actor of the same process may take to answer.</summary>
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(30);

    /// <summary>How long a key directory may take, with all that it must prove.</summary>
    private static readonly TimeSpan LookUpTimeout = TimeSpan.FromSeconds(60);

    public Username Me { get; } = identity.User;

    public Fingerprint MyFingerprint { get; } = identity.Fingerprint;

    public long StartCursor => startCursor;

    public async Task<MessageId> SendAsync(Username to, string text, CancellationToken cancellation)
    {
        var id = MessageId.New(clock);
        await SendAsync(id, to, text, cancellation);
        return id;
    }

    public async Task SendAsync(MessageId id, Username to, string text, CancellationToken cancellation)
    {
        MessageText.Check(text);
        if (await AskAsync<object>(new Commands.SendMessage(Me, id, to, text), cancellation) is not Replies.SendAck) throw Ended();
    }

    public async Task<StoredMessage> SettleAsync(MessageId id, TimeSpan timeout, CancellationToken cancellation)
    {
        var message = await WaitAsync(id, MessageState.Published, timeout, cancellation);
        if (message.State != MessageState.Queued) return message;
        await AskAsync<Replies.WithdrawAck>(new Commands.WithdrawMessage(Me, id, message.Contact), cancellation);
        return await ExpectAsync(id, cancellation);
    }

    public async Task<StoredMessage> WaitAsync(MessageId id, MessageState until, TimeSpan timeout, CancellationToken cancellation)
    {
        // The position first: what changes after the look at the message is then among the events behind it.
        var position = store.LastCursor;
        var message = await ExpectAsync(id, cancellation);
        if (message.HasCome(until)) return message;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var timer = clock.CreateTimer(source => ((CancellationTokenSource)source!).Cancel(), limit, timeout, Timeout.InfiniteTimeSpan);
        try
        {
            await foreach (var item in EventsAsync(position, limit.Token))
            {
                if (item is MessageStateChanged changed && changed.Message.Id == id && changed.Message.HasCome(until)) return changed.Message;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The time is over.
        }

        return await ExpectAsync(id, cancellation);
    }

    public async IAsyncEnumerable<MessengerEvent> EventsAsync(long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, ended);
        await using var events = store.EventsAsync(after, either.Token).GetAsyncEnumerator(either.Token);
        while (await NextAsync(events))
        {
            yield return events.Current;
        }
    }

    public Task<EventPage> EventPageAsync(long after, int limit, bool arrivalsOnly, CancellationToken cancellation) => store.EventPageAsync(after, limit, arrivalsOnly, cancellation);

    public Task<StoredMessage?> FindAsync(MessageId id, CancellationToken cancellation) => store.FindAsync(id, cancellation);

    public Task<IReadOnlyList<StoredMessage>> HistoryAsync(Username contact, MessageId? before, MessageId? after, int limit, CancellationToken cancellation) =>
        store.HistoryAsync(contact, before, after, limit, cancellation);

    public Task<IReadOnlyList<StoredMessage>> SearchAsync(string text, Username? contact, MessageId? before, int limit, CancellationToken cancellation) =>
        store.SearchAsync(text, contact, before, limit, cancellation);

    public Task<bool> DeleteMessageAsync(MessageId id, CancellationToken cancellation) => store.DeleteMessageAsync(id, cancellation);

    public Task<int> DeleteConversationAsync(Username contact, CancellationToken cancellation) => store.DeleteConversationAsync(contact, cancellation);

    public Task DisappearAsync(Username contact, TimeSpan? after, CancellationToken cancellation) => store.DisappearAsync(contact, after, cancellation);

    public Task<IReadOnlyList<Contact>> ContactsAsync(CancellationToken cancellation) => store.ContactsAsync(cancellation);

    public Task<Contact> ContactAsync(Username user, CancellationToken cancellation) => store.ContactAsync(user, cancellation);

    public async Task<KeyLookUp> LookUpAsync(Username contact, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, ended);
        try
        {
            var found = await sessions.Ask<KeyLookUp>(new Queries.LookUpKeys(Me, contact), LookUpTimeout, either.Token);
            // What comes of reading and keeping messages, the conversation does not follow.
            var stored = await store.ContactAsync(contact, cancellation);
            return found with { Contact = found.Contact with { Unread = stored.Unread, DisappearAfter = stored.DisappearAfter } };
        }
        catch (AskTimeoutException)
        {
            return new KeyLookUp(await store.ContactAsync(contact, cancellation), SendFailure.DirectoryUnavailable, "No answer yet.");
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            throw Ended();
        }
    }

    public Task<IReadOnlyList<MessageReceived>> UnreadAsync(int limit, CancellationToken cancellation) => store.UnreadAsync(limit, cancellation);

    public async Task MarkReadAsync(Username contact, MessageId? upTo, CancellationToken cancellation)
    {
        await store.MarkReadAsync(contact, upTo, cancellation);
        sessions.Tell(new Commands.TellRead(Me, contact));
    }

    public async Task<Contact?> ChangeContactAsync(Username contact, ContactChange change, CancellationToken cancellation) =>
        (await AskAsync<Replies.ContactAck>(new Commands.ChangeContact(Me, contact, change), cancellation)).Contact;

    public Task<MessengerStatus> StatusAsync(CancellationToken cancellation) =>
        AskAsync<MessengerStatus>(new Queries.GetStatus(Me), cancellation);

    private async Task<StoredMessage> ExpectAsync(MessageId id, CancellationToken cancellation) =>
        await store.FindAsync(id, cancellation) ?? throw new KeyNotFoundException("There is no such message.");

    private async Task<T> AskAsync<T>(IWithIdentity message, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, ended);
        try
        {
            return await sessions.Ask<T>(message, AskTimeout, either.Token);
        }
        catch (Exception e) when (e is AskTimeoutException || (e is OperationCanceledException && ended.IsCancellationRequested))
        {
            throw Ended();
        }
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<MessengerEvent> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            throw Ended();
        }
    }

    private ObjectDisposedException Ended() => end.ToException();
}

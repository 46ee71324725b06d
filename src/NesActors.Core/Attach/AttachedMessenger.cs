using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Session;
using NesActors.Core.Storage;
using NesActors.Core.Storage.State;
using static NesActors.Core.Attach.AttachProtocol;

namespace NesActors.Core.Attach;

/// <summary>
/// The session of another process of the same user. When that process ends, calls end with <see cref="ObjectDisposedException"/>. Nothing of a session
/// is loaded for it: no actors, no plugins, no keys.
/// </summary>
public sealed class AttachedMessenger : IMessenger, IMessageArchive, IContactBook, IDisposable
{
    private static readonly AttachJson Json = AttachJson.Default;
    private static readonly TimeSpan GreetingLimit = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly Greeting _greeting;
    private readonly SendQueue _sends;

    private AttachedMessenger(HttpClient http, Greeting greeting)
    {
        (_http, _greeting) = (http, greeting);
        // Calls at the same time go over connections of their own, which know no order.
        _sends = new SendQueue(sends => CallAsync(Paths.Send, new Sends(sends), Json.Sends, Json.Boolean, CancellationToken.None));
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
    /// <returns>Null where nobody answers.</returns>
    /// <exception cref="AttachException">That program is of another version.</exception>
    public static async Task<AttachedMessenger?> TryConnectAsync(string folder, CancellationToken cancellation)
    {
        if (LocalSocket.Owner.Find(folder) is not { } path) return null;
        var http = Connection(path);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(GreetingLimit);
            return new AttachedMessenger(http, await CallAsync(http, Paths.Session, new Nothing(), Json.Nothing, Json.Greeting, limit.Token).ConfigureAwait(false));
        }
        catch (Exception e)
        {
            http.Dispose();
            // Nobody, or somebody who is just ending, or who is none of us: the lock of the folder tells which.
            if (e is ObjectDisposedException || (e is OperationCanceledException && !cancellation.IsCancellationRequested)) return null;
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
        // Here too: JSON would carry a replacement for what is no Unicode.
        MessageText.Check(text);
        return _sends.SendAsync(new Send(id, to, text), cancellation);
    }

    /// <inheritdoc/>
    public Task<StoredMessage> SettleAsync(MessageId id, TimeSpan timeout, CancellationToken cancellation) =>
        CallAsync(Paths.Settle, new Settle(id, timeout), Json.Settle, Json.StoredMessage, cancellation);

    /// <inheritdoc/>
    public Task<StoredMessage> WaitAsync(MessageId id, MessageState until, TimeSpan timeout, CancellationToken cancellation) =>
        CallAsync(Paths.Wait, new Wait(id, until, timeout), Json.Wait, Json.StoredMessage, cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<MessengerEvent> EventsAsync(long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var response = await AskAsync(_http, Paths.Events, new Events(after), Json.Events, cancellation).ConfigureAwait(false);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false));
        while (true)
        {
            var line = await OrEnded(() => lines.ReadLineAsync(cancellation).AsTask(), cancellation).ConfigureAwait(false) ?? throw Ended(null);
            yield return JsonSerializer.Deserialize(line, Json.EventLine)?.ToEvent() ?? throw Ended(null);
        }
    }

    /// <inheritdoc/>
    public async Task<EventPage> EventPageAsync(long after, int limit, bool arrivalsOnly, CancellationToken cancellation) =>
        (await CallAsync(Paths.EventPage, new OfEventPage(after, limit, arrivalsOnly), Json.OfEventPage, Json.EventLines, cancellation).ConfigureAwait(false)).ToPage() ?? throw Ended(null);

    /// <inheritdoc cref="IMessenger.FindAsync"/>
    public async Task<StoredMessage?> FindAsync(MessageId id, CancellationToken cancellation) =>
        (await CallAsync(Paths.Find, new OfMessage(id), Json.OfMessage, Json.Found, cancellation).ConfigureAwait(false)).Message;

    /// <inheritdoc cref="IMessenger.HistoryAsync"/>
    public Task<IReadOnlyList<StoredMessage>> HistoryAsync(Username contact, MessageId? before, MessageId? after, int limit, CancellationToken cancellation) =>
        CallAsync(Paths.History, new History(contact, before, after, limit), Json.History, Json.IReadOnlyListStoredMessage, cancellation);

    /// <inheritdoc cref="IMessenger.SearchAsync"/>
    public Task<IReadOnlyList<StoredMessage>> SearchAsync(string text, Username? contact, MessageId? before, int limit, CancellationToken cancellation) =>
        CallAsync(Paths.Search, new Search(text, contact, before, limit), Json.Search, Json.IReadOnlyListStoredMessage, cancellation);

    /// <inheritdoc cref="IMessenger.DeleteMessageAsync"/>
    public Task<bool> DeleteMessageAsync(MessageId id, CancellationToken cancellation) =>
        CallAsync(Paths.DeleteMessage, new OfMessage(id), Json.OfMessage, Json.Boolean, cancellation);

    /// <inheritdoc cref="IMessenger.DeleteConversationAsync"/>
    public Task<int> DeleteConversationAsync(Username contact, CancellationToken cancellation) =>
        CallAsync(Paths.DeleteConversation, new OfContact(contact), Json.OfContact, Json.Int32, cancellation);

    /// <inheritdoc cref="IMessenger.DisappearAsync"/>
    public Task DisappearAsync(Username contact, TimeSpan? after, CancellationToken cancellation) =>
        CallAsync(Paths.Disappear, new Disappear(contact, after), Json.Disappear, Json.Boolean, cancellation);

    /// <inheritdoc cref="IMessenger.ContactsAsync"/>
    public Task<IReadOnlyList<Contact>> ContactsAsync(CancellationToken cancellation) =>
        CallAsync(Paths.Contacts, new Nothing(), Json.Nothing, Json.IReadOnlyListContact, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MessageReceived>> UnreadAsync(int limit, CancellationToken cancellation) =>
        CallAsync(Paths.Unread, new Unread(limit), Json.Unread, Json.IReadOnlyListMessageReceived, cancellation);

    /// <inheritdoc/>
    public Task MarkReadAsync(Username contact, MessageId? upTo, CancellationToken cancellation) =>
        CallAsync(Paths.MarkRead, new MarkRead(contact, upTo), Json.MarkRead, Json.Boolean, cancellation);

    /// <inheritdoc cref="IMessenger.ContactAsync"/>
    public Task<Contact> ContactAsync(Username user, CancellationToken cancellation) =>
        CallAsync(Paths.Contact, new OfContact(user), Json.OfContact, Json.Contact, cancellation);

    /// <inheritdoc/>
    public Task<KeyLookUp> LookUpAsync(Username contact, CancellationToken cancellation) =>
        CallAsync(Paths.LookUp, new OfContact(contact), Json.OfContact, Json.KeyLookUp, cancellation);

    /// <inheritdoc cref="IMessenger.ChangeContactAsync"/>
    public async Task<Contact?> ChangeContactAsync(Username contact, ContactChange change, CancellationToken cancellation) =>
        (await CallAsync(Paths.ChangeContact, new ChangeContact(contact, Decision.Of(change)), Json.ChangeContact, Json.Changed, cancellation).ConfigureAwait(false)).Contact;

    /// <inheritdoc/>
    public Task<MessengerStatus> StatusAsync(CancellationToken cancellation) =>
        CallAsync(Paths.Status, new Nothing(), Json.Nothing, Json.MessengerStatus, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static HttpClient Connection(string path)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
                    if (!PeerCredentials.MayTalk(socket)) throw new IOException("The process at the other end is another user's.");
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        return new HttpClient(handler) { BaseAddress = new Uri("http://nes"), Timeout = Timeout.InfiniteTimeSpan };
    }

    private Task<TAnswer> CallAsync<TRequest, TAnswer>(
        string path, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellation) =>
        CallAsync(_http, path, request, requestType, answerType, cancellation);

    private static async Task<TAnswer> CallAsync<TRequest, TAnswer>(
        HttpClient http, string path, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellation)
    {
        using var response = await AskAsync(http, path, request, requestType, cancellation).ConfigureAwait(false);
        return await ReadAsync(response, answerType, cancellation).ConfigureAwait(false);
    }

    private static async Task<HttpResponseMessage> AskAsync<TRequest>(
        HttpClient http, string path, TRequest request, JsonTypeInfo<TRequest> requestType, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, requestType)) };
        message.Headers.TryAddWithoutValidation(VersionHeader, OwnerInfo.ProgramVersion);
        var response = await OrEnded(() => http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation), cancellation).ConfigureAwait(false);
        if (response.IsSuccessStatusCode) return response;
        using (response) throw ExceptionOf(await ReadAsync(response, Json.Failure, cancellation).ConfigureAwait(false));
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        await OrEnded(
            async () =>
            {
                var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
                return await JsonSerializer.DeserializeAsync(stream, type, cancellation).ConfigureAwait(false);
            },
            cancellation).ConfigureAwait(false) ?? throw Ended(null);

    /// <summary>A connection that breaks, and an answer that breaks off, mean that the other process has ended.</summary>
    private static async Task<T> OrEnded<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or SocketException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw Ended(e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw Ended(e);
        }
    }

    private static Exception ExceptionOf(Failure failure) => failure.Kind switch
    {
        FailureKind.Ended => Ended(null),
        FailureKind.NotFound => new KeyNotFoundException(failure.Message),
        FailureKind.Argument => new ArgumentException(failure.Message),
        FailureKind.State => new StateException(failure.Message),
        FailureKind.Version => new AttachException($"{failure.Message}; this program is version {OwnerInfo.ProgramVersion}: restart that one, or use the same version"),
        _ => new InvalidOperationException($"The process that runs the session has a fault: {failure.Message}"),
    };

    private static ObjectDisposedException Ended(Exception? cause) => new("The process that ran the session has ended.", cause);
}

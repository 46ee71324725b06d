using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Rest.Access;
using NesActors.FrontEnd.Rest.Operating;
using NesActors.FrontEnd.Rest.Sending;
using NesActors.FrontEnd.Rest.Sending.Idempotency;
using NesActors.FrontEnd.Rest.Storage;
using NesActors.FrontEnd.Rest.Streams;
using NesActors.FrontEnd.Rest.Webhooks;

namespace NesActors.FrontEnd.Rest.Hosting;

/// <summary>One identity, with what the gateway keeps of it: all that a request can get at.</summary>
internal sealed class ServedIdentity : IAsyncDisposable
{
    private readonly GatewayIdentity _identity;
    private readonly GatewayWriter _writer;
    private readonly IdempotencyStore _keys;
    private readonly CancellationTokenSource _disposing = new();

    private ServedIdentity(GatewayIdentity identity, GatewayDatabase database, GatewayRequest request)
    {
        var clock = request.Clock;
        (_identity, Database) = (identity, database);
        Tokens = new TokenStore(database, clock);
        _writer = new GatewayWriter(database);
        _keys = new IdempotencyStore(database, _writer, clock);
        Sender = new MessageSender(_keys, clock);
        Readiness = new Readiness(identity.Messenger, database, clock);
        if (identity.Messenger is { } messenger)
        {
            Feed = new EventFeed(messenger, clock);
            Tail = new EventTail(messenger, Feed);
        }
        Webhooks = new WebhookDispatcher(identity, Feed, Tokens, database, _writer, request);
        Ended = Tail?.Completion ?? Task.Delay(Timeout.Infinite, _disposing.Token);
    }

    public Username User => _identity.User;

    /// <summary>Where its socket is made.</summary>
    public string Socket => _identity.Socket;

    /// <summary>The session; <see langword="null"/> where there is none.</summary>
    public IMessenger? Messenger => _identity.Messenger;

    public GatewayDatabase Database { get; }

    public TokenStore Tokens { get; }

    public MessageSender Sender { get; }

    public WebhookDispatcher Webhooks { get; }

    public Readiness Readiness { get; }

    /// <summary>How far the session's log has come; <see langword="null"/> where there is no session.</summary>
    public EventTail? Tail { get; }

    /// <summary>Its events, for those who read along; <see langword="null"/> where there is no session.</summary>
    public EventFeed? Feed { get; }

    /// <summary>Ends with <see cref="ObjectDisposedException"/> when the session has ended by itself, and is cancelled when this is disposed before that.</summary>
    public Task Ended { get; }

    /// <summary>Opens what is kept of an identity.</summary>
    /// <exception cref="GatewayException">It cannot be used.</exception>
    public static ServedIdentity Open(GatewayIdentity identity, GatewayRequest request)
    {
        var database = GatewayDatabase.Open(identity.Folder);
        try
        {
            return new ServedIdentity(identity, database, request);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>What waits for something to happen is answered now, for the gateway ends.</summary>
    public void StopWaiting()
    {
        Sender.Stop();
        Feed?.End();
    }

    public async ValueTask DisposeAsync()
    {
        await _disposing.CancelAsync().ConfigureAwait(false);
        await Webhooks.DisposeAsync().ConfigureAwait(false);
        if (Tail is not null) await Tail.DisposeAsync().ConfigureAwait(false);
        if (Feed is not null) await Feed.DisposeAsync().ConfigureAwait(false);
        await Ended.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        Tokens.Dispose();
        Readiness.Dispose();
        await _keys.DisposeAsync().ConfigureAwait(false);
        await _writer.DisposeAsync().ConfigureAwait(false);
        Database.Dispose();
        _disposing.Dispose();
    }
}

using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Rest.Access;
using NesActors.FrontEnd.Rest.Storage;

namespace NesActors.FrontEnd.Rest.Hosting;

/// <summary>One identity, with what the gateway keeps of it: all that a request can get at.</summary>
internal sealed class ServedIdentity : IAsyncDisposable
{
    private readonly GatewayIdentity _identity;
    private readonly CancellationTokenSource _disposing = new();

    private ServedIdentity(GatewayIdentity identity, GatewayDatabase database, TimeProvider clock)
    {
        (_identity, Database) = (identity, database);
        Tokens = new TokenStore(database, clock);
        Ended = identity.Messenger is { } messenger ? WatchAsync(messenger, _disposing.Token) : Task.Delay(Timeout.Infinite, _disposing.Token);
    }

    public Username User => _identity.User;

    /// <summary>Where its socket is made.</summary>
    public string Socket => _identity.Socket;

    /// <summary>The session; <see langword="null"/> where there is none.</summary>
    public IMessenger? Messenger => _identity.Messenger;

    public GatewayDatabase Database { get; }

    public TokenStore Tokens { get; }

    /// <summary>Ends with <see cref="ObjectDisposedException"/> when the session has ended by itself, and is cancelled when this is disposed before that.</summary>
    public Task Ended { get; }

    /// <summary>Opens what is kept of an identity.</summary>
    /// <exception cref="GatewayException">It cannot be used.</exception>
    public static ServedIdentity Open(GatewayIdentity identity, TimeProvider clock)
    {
        var database = GatewayDatabase.Open(identity.Folder);
        try
        {
            return new ServedIdentity(identity, database, clock);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _disposing.CancelAsync().ConfigureAwait(false);
        await Ended.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        Tokens.Dispose();
        Database.Dispose();
        _disposing.Dispose();
    }

    /// <summary>A session tells that it has ended to who reads its events.</summary>
    private static async Task WatchAsync(IMessenger messenger, CancellationToken cancellation)
    {
        await foreach (var _ in messenger.EventsAsync(messenger.StartCursor, cancellation).ConfigureAwait(false))
        {
            // Only the end counts.
        }
    }
}

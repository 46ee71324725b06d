using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Rest.Access;
using NesActors.FrontEnd.Rest.Storage;

namespace NesActors.FrontEnd.Rest.Hosting;

/// <summary>One identity, with what the gateway keeps of it: all that a request can get at.</summary>
internal sealed class ServedIdentity : IAsyncDisposable
{
    private readonly GatewayIdentity _identity;

    private ServedIdentity(GatewayIdentity identity, GatewayDatabase database, TimeProvider clock)
    {
        (_identity, Database) = (identity, database);
        Tokens = new TokenStore(database, clock);
    }

    public Username User => _identity.User;

    /// <summary>Where its socket is made.</summary>
    public string Socket => _identity.Socket;

    /// <summary>The session; <see langword="null"/> where there is none.</summary>
    public IMessenger? Messenger => _identity.Messenger;

    public GatewayDatabase Database { get; }

    public TokenStore Tokens { get; }

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

    public ValueTask DisposeAsync()
    {
        Database.Dispose();
        return ValueTask.CompletedTask;
    }
}

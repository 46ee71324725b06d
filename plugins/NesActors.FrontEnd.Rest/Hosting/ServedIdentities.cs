using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Rest.Access;

namespace NesActors.FrontEnd.Rest.Hosting;

/// <summary>All identities of this gateway.</summary>
internal sealed class ServedIdentities : IAsyncDisposable
{
    private readonly List<ServedIdentity> _all;

    private ServedIdentities(List<ServedIdentity> all) => _all = all;

    public IReadOnlyList<ServedIdentity> All => _all;

    /// <summary>Ends when the first session has ended, as that did, and says whose it was.</summary>
    public async Task EndedAsync() => await (await Task.WhenAny(_all.Select(EndedAsync)).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>Opens them, all or none.</summary>
    /// <exception cref="GatewayException">One cannot be used.</exception>
    public static async Task<ServedIdentities> OpenAsync(GatewayRequest request)
    {
        var all = new List<ServedIdentity>();
        try
        {
            foreach (var identity in request.Identities) all.Add(ServedIdentity.Open(identity, request));
            return new ServedIdentities(all);
        }
        catch
        {
            foreach (var opened in all) await opened.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Whom a secret belongs to; <see langword="null"/>: to nobody.</summary>
    public Caller? Find(TokenHash hash)
    {
        foreach (var identity in _all)
        {
            if (identity.Tokens.Find(hash) is { } found) return new Caller(identity, found.Token) { Ended = found.Ended };
        }
        return null;
    }

    private static async Task EndedAsync(ServedIdentity identity)
    {
        try
        {
            await identity.Ended.ConfigureAwait(false);
        }
        catch (ObjectDisposedException e)
        {
            throw new ObjectDisposedException($"{identity.User}: the session has ended{(e.InnerException is { } cause ? $": {cause.Message}" : "")}", e.InnerException);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var identity in _all) await identity.DisposeAsync().ConfigureAwait(false);
    }
}

using NesActors.Cli.Commands;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Attach;

namespace NesActors.Cli.Hosting.Gateway;

/// <summary>One identity that this process serves: the right to its state folder, and its session, which this process or another runs.</summary>
internal sealed class ServedSession : IAsyncDisposable
{
    private readonly Invocation _run;
    private readonly GatewayPlace _place;
    private ContinuedMessenger? _messenger;
    private ConnectionNotices? _notices;

    private ServedSession(Invocation run, GatewayPlace place)
    {
        (_run, _place) = (run, place);
        Factory = run.Session();
    }

    /// <summary>Who it is.</summary>
    public Username User => _run.Settings.User;

    /// <summary>What makes its session.</summary>
    public SessionFactory Factory { get; }

    /// <summary>The session.</summary>
    public IMessenger Messenger => _messenger ?? throw new InvalidOperationException("The session has not been opened.");

    /// <summary>What the gateway is given of it.</summary>
    public GatewayIdentity Identity => new(User, _place.Folder, _place.Socket, Messenger);

    /// <summary>Takes the right to serve an identity; begins nothing yet.</summary>
    /// <param name="run">The command, with the settings of that identity.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="CliException">Another process has it.</exception>
    public static async Task<ServedSession> TakeAsync(Invocation run, CancellationToken cancellation)
    {
        var folder = run.Settings.StateFolder;
        // Whoever only makes a token is done soon.
        var (taken, _) = await GatewayPlaces.TakeAsync<object>(folder, run.Environment.Clock, () => Task.FromResult<object?>(null), cancellation);
        if (taken is not null) return new ServedSession(run, taken);
        var who = GatewayPlace.FindProcess(folder) is { } process ? $"process {process}" : "another process";
        throw CliException.Usage($"{who} serves {run.Settings.User} already, from {folder}: end it first");
    }

    /// <summary>Attaches to the session, or starts it. The passphrase of protected keys is asked for now also where another process runs it: should that end, nobody can be asked.</summary>
    /// <exception cref="CliException">It cannot be used.</exception>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        Factory.Unlock();
        var shared = new SharedSession(_run, new OwnerSearch(_run), async (held, stop) => await Factory.StartAsync(held, stop));
        _messenger = await shared.OpenAsync(cancellation);
        _notices = ConnectionNotices.Start(_messenger, _run.Error);
    }

    public async ValueTask DisposeAsync()
    {
        if (_notices is not null) await _notices.DisposeAsync();
        if (_messenger is not null) await _messenger.DisposeAsync();
        _place.Dispose();
    }
}

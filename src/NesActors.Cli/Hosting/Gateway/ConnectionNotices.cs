using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Hosting.Gateway;

/// <summary>Tells whoever runs a server how the connection of a session to its broker is, a line for each change.</summary>
internal sealed class ConnectionNotices : IAsyncDisposable
{
    /// <summary>How far to look for what a session that has just begun told of its connection.</summary>
    private const int EventsAtStart = 100;

    private readonly CancellationTokenSource _stopped = new();
    private readonly TextWriter _output;
    private readonly Task _following;
    private string? _last;

    private ConnectionNotices(IMessenger messenger, TextWriter output)
    {
        _output = output;
        _following = Task.Run(() => FollowAsync(messenger));
    }

    /// <summary>Begins with how it is now.</summary>
    /// <param name="messenger">The session.</param>
    /// <param name="output">Where to tell it.</param>
    public static ConnectionNotices Start(IMessenger messenger, TextWriter output) => new(messenger, output);

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await _following.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _stopped.Dispose();
    }

    /// <summary>Whatever ends it ends the gateway too, which says so.</summary>
    private async Task FollowAsync(IMessenger messenger)
    {
        var sinceStart = await messenger.EventPageAsync(messenger.StartCursor, EventsAtStart, arrivalsOnly: false, _stopped.Token);
        if (!sinceStart.Events.OfType<ConnectionChanged>().Any())
        {
            // A session that ran before this told it before.
            var now = await messenger.StatusAsync(_stopped.Token);
            Tell(messenger.Me, now.Connection, now.Detail);
        }
        await foreach (var happened in messenger.EventsAsync(messenger.StartCursor, _stopped.Token))
        {
            if (happened is ConnectionChanged changed) Tell(messenger.Me, changed.State, changed.Detail);
        }
    }

    private void Tell(Username user, ConnectionState state, string? detail)
    {
        var words = state switch
        {
            ConnectionState.Starting => "connecting",
            ConnectionState.Online => "online",
            ConnectionState.Reconnecting => "connection lost",
            _ => "stopping",
        };
        var line = $"notice: {user}: {words}{(string.IsNullOrEmpty(detail) ? "" : $": {TerminalText.Escape(detail)}")}";
        if (line == _last) return;
        _last = line;
        _output.WriteLine(line);
    }
}

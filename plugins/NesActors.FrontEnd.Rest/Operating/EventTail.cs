using System.Diagnostics.Metrics;
using System.Text.Json;
using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Streams;

namespace NesActors.FrontEnd.Rest.Operating;

/// <summary>Follows the log of events of one session, from where the session began: knows how far it has come, and counts what it tells.</summary>
internal sealed class EventTail : IAsyncDisposable
{
    private static readonly string[] States = [.. Enum.GetValues<MessageState>().Select(state => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString()))];
    private static readonly string[] Types = ["message", "state", "contact", "connection"];

    private readonly CancellationTokenSource _stopped = new();
    private readonly long[] _incoming = new long[States.Length];
    private readonly long[] _outgoing = new long[States.Length];
    private readonly long[] _events = new long[Types.Length];
    private long _newest;

    /// <param name="messenger">The session.</param>
    /// <param name="feed">Is given each event, for those who read along; and is ended with the log.</param>
    public EventTail(IMessenger messenger, EventFeed feed)
    {
        _newest = messenger.StartCursor;
        Completion = Task.Run(() => FollowAsync(messenger, feed));
    }

    /// <summary>Ends with <see cref="ObjectDisposedException"/> when the session has ended by itself, and is cancelled when this is disposed before that.</summary>
    public Task Completion { get; }

    /// <summary>The newest position of the log; what was committed just now may be missing.</summary>
    public long Newest => Interlocked.Read(ref _newest);

    /// <summary>Messages since the session began: those that came, and how often one that goes out has come into a state.</summary>
    /// <param name="label">A label that all measurements get.</param>
    public IEnumerable<Measurement<long>> Messages(KeyValuePair<string, object?> label) => [.. Read("incoming", _incoming, label), .. Read("outgoing", _outgoing, label)];

    /// <summary>Events since the session began.</summary>
    /// <param name="label">A label that all measurements get.</param>
    public IEnumerable<Measurement<long>> Events(KeyValuePair<string, object?> label) =>
        Types.Select((name, index) => new Measurement<long>(Interlocked.Read(ref _events[index]), label, KeyValuePair.Create("type", (object?)name)));

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync().ConfigureAwait(false);
        await Completion.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        _stopped.Dispose();
    }

    private async Task FollowAsync(IMessenger messenger, EventFeed feed)
    {
        try
        {
            await foreach (var happened in messenger.EventsAsync(_newest, _stopped.Token).ConfigureAwait(false))
            {
                Count(happened);
                Interlocked.Exchange(ref _newest, happened.Cursor);
                feed.Append(happened);
            }
        }
        finally
        {
            feed.End();
        }
    }

    private void Count(MessengerEvent happened)
    {
        switch (happened)
        {
            case MessageReceived received:
                Interlocked.Increment(ref _incoming[(int)received.Message.State]);
                Interlocked.Increment(ref _events[0]);
                break;
            case MessageStateChanged changed:
                Interlocked.Increment(ref _outgoing[(int)changed.Message.State]);
                Interlocked.Increment(ref _events[1]);
                break;
            case ContactChanged:
                Interlocked.Increment(ref _events[2]);
                break;
            case ConnectionChanged:
                Interlocked.Increment(ref _events[3]);
                break;
        }
    }

    /// <summary>States that were never seen are left out: most do not exist for a direction.</summary>
    private static IEnumerable<Measurement<long>> Read(string direction, long[] counts, KeyValuePair<string, object?> label) =>
        from state in Enumerable.Range(0, counts.Length)
        let count = Interlocked.Read(ref counts[state])
        where count > 0
        select new Measurement<long>(count, label, KeyValuePair.Create("direction", (object?)direction), KeyValuePair.Create("state", (object?)States[state]));
}

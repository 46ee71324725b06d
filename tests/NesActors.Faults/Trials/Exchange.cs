using NesActors.Contracts;
using NesActors.EndToEnd.Tests.Support;

namespace NesActors.Faults.Trials;

/// <summary>Two people who write numbered messages to each other, and what each has seen of it by a reader of events that goes on behind the last one it saw.</summary>
internal sealed class Exchange : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending;
    private readonly List<Task> _running = [];

    private Exchange(Person alice, Person bob, int messages, CancellationToken limit)
    {
        _ending = CancellationTokenSource.CreateLinkedTokenSource(limit);
        (Alice, Bob) = (alice, bob);
        Directions = [new Direction(alice, bob, messages / 2), new Direction(bob, alice, messages - (messages / 2))];
        _running.Add(FollowAsync(alice, sent: Directions[0].Ledger, received: Directions[1].Ledger));
        _running.Add(FollowAsync(bob, sent: Directions[1].Ledger, received: Directions[0].Ledger));
        _running.AddRange(Directions.Select(direction => direction.OfferAsync(_ending.Token)));
    }

    public Person Alice { get; }

    public Person Bob { get; }

    public IReadOnlyList<Direction> Directions { get; }

    /// <summary>How many messages are on their way.</summary>
    public int InFlight => Directions.Sum(direction => direction.Ledger.InFlight);

    /// <summary>How many may go and are not yet shown as delivered.</summary>
    public int Outstanding => Directions.Sum(direction => direction.Outstanding);

    /// <summary>Brings two people together, who have greeted each other when this returns: from then on each knows that the other confirms.</summary>
    public static async Task<Exchange> BeginAsync(Lab lab, Surroundings alices, Surroundings bobs, int messages, CancellationToken limit)
    {
        var alice = await Person.JoinAsync(lab, "alice", alices, limit);
        var bob = await Person.JoinAsync(lab, "bob", bobs, limit);
        var exchange = new Exchange(alice, bob, messages, limit);
        foreach (var direction in exchange.Directions) direction.Release(1);
        foreach (var direction in exchange.Directions) await exchange.OrFailedAsync(direction.Ledger.UntilAsync(ledger => ledger.Delivered == 1, limit));
        return exchange;
    }

    /// <summary>Waits for something, or until what goes on meanwhile has failed.</summary>
    public async Task OrFailedAsync(Task awaited)
    {
        var running = new List<Task>(_running) { awaited };
        while (!awaited.IsCompleted)
        {
            var ended = await Task.WhenAny(running);
            running.Remove(ended);
            await ended;
        }
        await awaited;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_running).ContinueWith(_ => { }, TaskScheduler.Default);
        await Alice.DisposeAsync();
        await Bob.DisposeAsync();
        _ending.Dispose();
    }

    private async Task FollowAsync(Person person, Ledger sent, Ledger received)
    {
        await foreach (var item in person.Messenger.EventsAsync(0, _ending.Token))
        {
            if (item is MessageReceived arrived) received.Receive(arrived.Message.Text);
            if (item is MessageStateChanged changed) sent.Advance(changed.Message);
        }
    }
}

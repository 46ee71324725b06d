using NesActors.Contracts;

namespace NesActors.Faults.Trials;

/// <summary>What became of the numbered messages of one direction. Safe for several threads at once.</summary>
internal sealed class Ledger
{
    private readonly Lock _gate = new();
    private readonly Dictionary<MessageId, int> _offered = [];
    private readonly HashSet<MessageId> _delivered = [];
    private readonly List<int> _received = [];
    private readonly List<string> _troubles = [];
    private TaskCompletionSource _changed = New();

    /// <summary>How many were offered and are not yet shown as delivered.</summary>
    public int InFlight
    {
        get { lock (_gate) return _offered.Count - _delivered.Count; }
    }

    /// <summary>How many are shown as delivered.</summary>
    public int Delivered
    {
        get { lock (_gate) return _delivered.Count; }
    }

    /// <summary>The numbers that came, in the order in which they came.</summary>
    public IReadOnlyList<int> Received
    {
        get { lock (_gate) return [.. _received]; }
    }

    /// <summary>What must not happen, and did.</summary>
    public IReadOnlyList<string> Troubles
    {
        get { lock (_gate) return [.. _troubles]; }
    }

    public void Offer(MessageId id, int number) => Change(() => _offered.Add(id, number));

    public void Receive(string text) => Change(() => _received.Add(int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)));

    public void Advance(StoredMessage message) => Change(() =>
    {
        if (message.State == MessageState.Failed) _troubles.Add($"message {message.Text} failed: {message.Failure} {message.Detail}");
        if (!_offered.TryGetValue(message.Id, out var number)) _troubles.Add($"message {message.Text} was never offered");
        else if (message.Text != number.ToString(System.Globalization.CultureInfo.InvariantCulture)) _troubles.Add($"message {number} says {message.Text}");
        else if (message.State == MessageState.Delivered && !_delivered.Add(message.Id)) _troubles.Add($"message {number} is delivered twice");
    });

    /// <summary>Waits until it is so.</summary>
    public async Task UntilAsync(Func<Ledger, bool> condition, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_gate) changed = _changed.Task;
            if (condition(this)) return;
            await changed.WaitAsync(cancellation);
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            change();
            (changed, _changed) = (_changed, New());
        }
        changed.SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

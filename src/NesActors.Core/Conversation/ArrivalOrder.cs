using NesActors.Contracts;
using NesActors.Core.Storage.Delivery;

namespace NesActors.Core.Conversation;

/// <summary>Hands numbered arrivals on in their order: what comes beyond a gap waits for what is before it, until that comes or is given up. Bounded. Pure but for its own memory.</summary>
/// <param name="capacity">How many wait at most.</param>
internal sealed class ArrivalOrder<T>(int capacity)
    where T : class
{
    private readonly SortedDictionary<long, T> _waiting = [];
    private StreamId? _stream;
    private long _next;

    /// <summary>What waits, in its order.</summary>
    public IReadOnlyCollection<T> Waiting => _waiting.Values;

    /// <summary>What waits under this number.</summary>
    public T? Find(MessageNumber number) => _stream == number.Stream ? _waiting.GetValueOrDefault(number.Number) : null;

    /// <summary>Takes an arrival, and gives all that can be handed on now.</summary>
    /// <param name="number">Its number, under which nothing waits.</param>
    /// <param name="highest">The highest number of the stream that is known to have arrived.</param>
    /// <param name="arrival">What arrived.</param>
    public IReadOnlyList<T> Take(MessageNumber number, long highest, T arrival)
    {
        List<T> ready = [];
        if (_stream != number.Stream)
        {
            ready.AddRange(GiveUp());
            (_stream, _next) = (number.Stream, highest + 1);
        }
        if (number.Number < _next) return [.. ready, arrival];
        _waiting.Add(number.Number, arrival);
        while (_waiting.Remove(_next, out var next))
        {
            ready.Add(next);
            _next++;
        }
        return _waiting.Count > capacity ? [.. ready, .. GiveUp()] : ready;
    }

    /// <summary>Waits no longer for what is missing.</summary>
    public IReadOnlyList<T> GiveUp()
    {
        if (_waiting.Count == 0) return [];
        List<T> ready = [.. _waiting.Values];
        _next = _waiting.Keys.Last() + 1;
        _waiting.Clear();
        return ready;
    }
}

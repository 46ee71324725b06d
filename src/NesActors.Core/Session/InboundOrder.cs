namespace NesActors.Core.Session;

/// <summary>Hands results on in the order of their numbers, whatever the order in which they come. Pure but for its own memory.</summary>
internal sealed class InboundOrder<T>
{
    private readonly Dictionary<long, T> _early = [];
    private long _next = 1;
    private long _issued;

    /// <summary>The number of the next piece of work.</summary>
    public long Issue() => ++_issued;

    /// <summary>Takes a result, and gives all that can be handed on now.</summary>
    public IEnumerable<T> Take(long number, T result)
    {
        _early.Add(number, result);
        while (_early.Remove(_next, out var ready))
        {
            _next++;
            yield return ready;
        }
    }
}

using System.Collections.Concurrent;
using NesActors.FrontEnd.Rest.Api;
using NesActors.FrontEnd.Rest.Operating;

namespace NesActors.FrontEnd.Rest.Access.Limits;

/// <summary>
/// How many streams of events a token may have open at once; those who come by a socket may have any number. One of a gateway, for all its identities; safe for several threads. It remembers a token
/// as long as that has a stream open.
/// </summary>
/// <param name="perToken">As many as one token may have, from 1.</param>
/// <param name="counts">Counts those that are open.</param>
internal sealed class StreamSlots(int perToken, StreamCounts counts)
{
    /// <summary>Nobody knows when another stream of the token ends; a client that asks at once again would only ask in vain.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Token, int> _open = new(ById.Instance);

    /// <summary>How many tokens have a stream open.</summary>
    public int Tokens => _open.Count;

    /// <summary>Opens a stream, which is open until the result is disposed. To be called before the answer begins.</summary>
    /// <exception cref="ProblemException">The token has too many.</exception>
    public IDisposable Enter(Caller caller, StreamKind kind)
    {
        if (caller.Token is { } token && !TryTake(token))
        {
            throw new ProblemException(ProblemCode.RateLimited, $"The token has {perToken} streams open already, and may not have more: close one, or use another token.")
            {
                RetryAfter = RetryAfter,
            };
        }
        return new Slot(this, caller.Token, counts.Enter(kind));
    }

    private bool TryTake(Token token)
    {
        while (true)
        {
            if (!_open.TryGetValue(token, out var open))
            {
                if (_open.TryAdd(token, 1)) return true;
            }
            else if (open >= perToken)
            {
                return false;
            }
            else if (_open.TryUpdate(token, open + 1, open))
            {
                return true;
            }
        }
    }

    private void Release(Token token)
    {
        while (_open.TryGetValue(token, out var open))
        {
            if (open == 1 ? _open.TryRemove(KeyValuePair.Create(token, open)) : _open.TryUpdate(token, open - 1, open)) return;
        }
    }

    private sealed class Slot(StreamSlots slots, Token? token, IDisposable counted) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
            counted.Dispose();
            if (token is not null) slots.Release(token);
        }
    }

    private sealed class ById : IEqualityComparer<Token>
    {
        public static readonly ById Instance = new();

        public bool Equals(Token? x, Token? y) => x?.Id == y?.Id;

        public int GetHashCode(Token token) => token.Id.GetHashCode(StringComparison.Ordinal);
    }
}

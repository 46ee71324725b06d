namespace NesActors.FrontEnd.Rest.Access;

/// <summary>The end of a token, for those who keep something open by it: it is revoked, or its time is over.</summary>
internal sealed class TokenEnd : IDisposable
{
    /// <summary>Timers do not reach as far as a token may be valid, and a clock may be set: looked at again each day.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly CancellationTokenSource _source = new();
    private readonly TimeProvider _clock;
    private readonly ITimer? _timer;

    public TokenEnd(Token token, TimeProvider clock)
    {
        _clock = clock;
        if (token.ExpiresAt is not { } end) return;
        _timer = clock.CreateTimer(_ => Look(end), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Look(end);
    }

    /// <summary>Is cancelled when the token ends.</summary>
    public CancellationToken Ended => _source.Token;

    /// <summary>Ends it now. Who keeps something open is told by another thread.</summary>
    public void Revoke() => _ = _source.CancelAsync();

    public void Dispose() => _timer?.Dispose();

    private void Look(DateTimeOffset end)
    {
        var left = end - _clock.GetUtcNow();
        if (left <= TimeSpan.Zero) Revoke();
        else _timer!.Change(left < Longest ? left : Longest, Timeout.InfiniteTimeSpan);
    }
}

/// <summary>A token that is valid now.</summary>
/// <param name="Token">The token.</param>
/// <param name="Ended">Is cancelled when it ends.</param>
internal readonly record struct ValidToken(Token Token, CancellationToken Ended);

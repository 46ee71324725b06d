using Microsoft.Data.Sqlite;

namespace NesActors.FrontEnd.Rest.Webhooks;

/// <summary>Erases each secret that another has taken the place of, as soon as it signs no longer.</summary>
internal sealed class OldSecretEraser : IAsyncDisposable
{
    /// <summary>How long it waits where the disk does not take it.</summary>
    private static readonly TimeSpan AfterFault = TimeSpan.FromMinutes(1);

    private readonly WebhookStore _webhooks;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private Task _erasing = Task.CompletedTask;

    public OldSecretEraser(WebhookStore webhooks, TimeProvider clock)
    {
        (_webhooks, _clock) = (webhooks, clock);
        _timer = clock.CreateTimer(_ => _erasing = EraseAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Waits for the next one; to be called where there may be one.</summary>
    /// <exception cref="SqliteException">The database failed.</exception>
    public void Plan()
    {
        if (_webhooks.FirstOldSecretEnd() is not { } end) return;
        var left = end - _clock.GetUtcNow();
        _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _erasing.ConfigureAwait(false);
    }

    /// <summary>Ends without an exception.</summary>
    private async Task EraseAsync()
    {
        try
        {
            await _webhooks.EraseOldSecretsAsync().ConfigureAwait(false);
            Plan();
        }
        catch (SqliteException)
        {
            _timer.Change(AfterFault, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The gateway ends.
        }
    }
}

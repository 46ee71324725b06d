using Microsoft.Extensions.Logging;
using NesActors.Directory.Recovery;
using NesActors.Directory.Storage;

namespace NesActors.Directory.Registration;

/// <summary>Frees the names of registrations that were never activated, and forgets recoveries that were never confirmed: when the server starts, then each night at 03:00 UTC.</summary>
internal sealed class NightlyCleaning : IAsyncDisposable
{
    private static readonly TimeSpan TimeOfDay = TimeSpan.FromHours(3);

    private readonly UserStore _users;
    private readonly RecoveryStore _recoveries;
    private readonly TimeProvider _clock;
    private readonly ILogger<NightlyCleaning> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ITimer _timer;
    private Task _cleaning = Task.CompletedTask;

    public NightlyCleaning(UserStore users, RecoveryStore recoveries, TimeProvider clock, ILogger<NightlyCleaning> logger)
    {
        (_users, _recoveries, _clock, _logger) = (users, recoveries, clock, logger);
        var now = clock.GetUtcNow();
        var untilNight = TimeOfDay - now.TimeOfDay;
        _timer = clock.CreateTimer(
            _ => _cleaning = CleanAsync(), null, untilNight > TimeSpan.Zero ? untilNight : untilNight + TimeSpan.FromDays(1), TimeSpan.FromDays(1));
    }

    /// <summary>Cleans now. A database that is busy leaves it for the next night.</summary>
    public async Task CleanAsync()
    {
        try
        {
            await _recoveries.RemoveLapsedAsync(_clock.GetUtcNow(), _stopping.Token).ConfigureAwait(false);
            var count = await _users.RemovePendingAsync(_clock.GetUtcNow() - Registrar.ActivationTime, _stopping.Token).ConfigureAwait(false);
            _logger.LogInformation("Removed {Count} registrations that were never activated.", count);
        }
        catch (DatabaseUnavailableException e)
        {
            _logger.LogWarning(e, "Could not remove what was never activated or confirmed; the next night tries again.");
        }
        catch (OperationCanceledException)
        {
            _logger.LogDebug("Stopped before the cleaning was done.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _cleaning.ConfigureAwait(false);
        _stopping.Dispose();
    }
}

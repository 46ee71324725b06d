using Microsoft.Extensions.Logging;
using NesActors.Directory.Storage;

namespace NesActors.Directory.Registration;

/// <summary>Frees the names of registrations that were never activated: when the server starts, then each night at 03:00 UTC.</summary>
internal sealed class NightlyCleaning : IAsyncDisposable
{
    private static readonly TimeSpan TimeOfDay = TimeSpan.FromHours(3);

    private readonly UserStore _users;
    private readonly TimeProvider _clock;
    private readonly ILogger<NightlyCleaning> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ITimer _timer;
    private Task _cleaning = Task.CompletedTask;

    public NightlyCleaning(UserStore users, TimeProvider clock, ILogger<NightlyCleaning> logger)
    {
        (_users, _clock, _logger) = (users, clock, logger);
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
            var count = await _users.RemovePendingAsync(_clock.GetUtcNow() - Registrar.ActivationTime, _stopping.Token).ConfigureAwait(false);
            _logger.LogInformation("Removed {Count} registrations that were never activated.", count);
        }
        catch (DatabaseUnavailableException e)
        {
            _logger.LogWarning(e, "Could not remove the registrations that were never activated; the next night tries again.");
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

using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using NesActors.Contracts;
using NesActors.Directory.Records;
using NesActors.Directory.Storage;
using NesActors.Records;

namespace NesActors.Directory.Recovery;

/// <summary>Completes the recoveries that nobody stopped: when the server starts, then every five minutes.</summary>
internal sealed class RecoveryCompletion : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private readonly UserStore _users;
    private readonly RecoveryStore _recoveries;
    private readonly RecordSigner _signer;
    private readonly TimeProvider _clock;
    private readonly ILogger<RecoveryCompletion> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly PeriodicTimer _timer;
    private readonly Task _running;

    public RecoveryCompletion(UserStore users, RecoveryStore recoveries, RecordSigner signer, TimeProvider clock, ILogger<RecoveryCompletion> logger)
    {
        (_users, _recoveries, _signer, _clock, _logger) = (users, recoveries, signer, clock, logger);
        _timer = new PeriodicTimer(Interval, clock);
        _running = RunAsync();
    }

    /// <summary>Completes those that are due. A database that is busy leaves them for the next time.</summary>
    public async Task CompleteAsync()
    {
        try
        {
            var due = await _recoveries.FindDueAsync(_clock.GetUtcNow() - StoredRecovery.VetoTime, _stopping.Token).ConfigureAwait(false);
            foreach (var name in due) await TryCompleteAsync(name).ConfigureAwait(false);
        }
        catch (DatabaseUnavailableException e)
        {
            _logger.LogWarning(e, "Could not complete recoveries; tries again in {Interval}.", Interval);
        }
        catch (OperationCanceledException)
        {
            _logger.LogDebug("Stopped before all recoveries were completed.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _timer.Dispose();
        await _running.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (await _timer.WaitForNextTickAsync().ConfigureAwait(false)) await CompleteAsync().ConfigureAwait(false);
    }

    // What is damaged in the tables, by whatever, holds up no other recovery.
    private async Task TryCompleteAsync(string name)
    {
        try
        {
            await CompleteAsync(Username.Parse(name)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            _logger.LogError(e, "{User} is not recovered: what the database holds of it is damaged.", name);
        }
    }

    private async Task CompleteAsync(Username name)
    {
        if (await _users.FindAsync(name, _stopping.Token).ConfigureAwait(false) is not { HasOwner: true } user) return;
        if (await _recoveries.FindAsync(user.Id, _stopping.Token).ConfigureAwait(false) is not { } recovery) return;
        var now = _clock.GetUtcNow();
        if (!recovery.IsConfirmed || now < recovery.Until) return;
        var next = user.Next(_signer.Directory, name, RecordStatus.Active, now) with { MessageKey = recovery.MessageKey, SignKey = recovery.SignKey };
        var record = new NewRecord(_signer.Sign(next), RecordOrigin.Recovery);
        var outcome = await _recoveries.CompleteAsync(recovery, user, record, _stopping.Token).ConfigureAwait(false);
        if (outcome == StoreOutcome.Done) _logger.LogInformation("{User} has record {Rev}: {Origin}.", name, next.Rev, record.Origin);
        if (outcome == StoreOutcome.KeyTaken) _logger.LogWarning("{User} is not recovered: one of the new keys stands under another name by now.", name);
    }
}

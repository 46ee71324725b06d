using Microsoft.Extensions.Logging;
using NesActors.Directory.Storage;
using NesActors.Records;

namespace NesActors.Directory.LookUp;

/// <summary>
/// Renews signatures before a look-up needs them: freshness that is half over, and records that an earlier RSA key signed. It works when the server starts and then
/// every ten minutes, in batches, half of the time at most, and goes on where it was when the server was stopped, because what is left to do stands in the tables.
/// </summary>
internal sealed class Renewal : IAsyncDisposable
{
    /// <summary>How much time freshness has left when it is renewed.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromHours(12);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private const int FreshBatch = 2000;
    private const int RecordBatch = 25;

    private readonly AnswerStore _store;
    private readonly AnswerSigner _signer;
    private readonly TimeProvider _clock;
    private readonly ILogger<Renewal> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _working;

    public Renewal(AnswerStore store, AnswerSigner signer, TimeProvider clock, ILogger<Renewal> logger)
    {
        (_store, _signer, _clock, _logger) = (store, signer, clock, logger);
        _working = Task.Run(WorkAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _working.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task WorkAsync()
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        try
        {
            do await RenewAsync().ConfigureAwait(false);
            while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            _logger.LogDebug("Stopped renewing signatures.");
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            await InBatchesAsync("records signed by the new key", SignRecordsAsync).ConfigureAwait(false);
            await InBatchesAsync("answers vouched for anew", SignFreshnessAsync).ConfigureAwait(false);
        }
        catch (DatabaseUnavailableException e)
        {
            _logger.LogWarning(e, "Could not renew signatures; that is tried again in ten minutes.");
        }
        catch (FormatException e)
        {
            _logger.LogError(e, "Could not renew signatures: what the database holds of a user is damaged.");
        }
    }

    private async Task InBatchesAsync(string what, Func<Task<int>> batch)
    {
        var total = 0;
        while (true)
        {
            var begin = _clock.GetTimestamp();
            if (await batch().ConfigureAwait(false) is var count && count == 0) break;
            total += count;
            // Look-ups come first: this leaves them as much time as it took.
            await Task.Delay(_clock.GetElapsedTime(begin), _clock, _stopping.Token).ConfigureAwait(false);
        }
        if (total > 0) _logger.LogInformation("{Count} {What}.", total, what);
    }

    private async Task<int> SignFreshnessAsync()
    {
        var due = await _store.DueAsync(_clock.GetUtcNow() + Ahead, FreshBatch, _stopping.Token).ConfigureAwait(false);
        Renewed[] renewed = [.. due.Select(old => Digest.TryParse(old.ResponseHash, out var hash) ? new Renewed(old.UserId, old.ResponseHash, null, _signer.Fresh(hash)) : null).OfType<Renewed>()];
        if (renewed.Length > 0) await _store.StoreAsync(renewed, _signer.KeyRev, _stopping.Token).ConfigureAwait(false);
        return renewed.Length;
    }

    private async Task<int> SignRecordsAsync()
    {
        var old = await _store.SignedBeforeAsync(_signer.KeyRev, RecordBatch, _stopping.Token).ConfigureAwait(false);
        var renewed = new List<Renewed>(old.Count);
        foreach (var record in old)
            renewed.Add(new Renewed(record.UserId, record.ResponseHash, await _signer.SignedPartAsync(record.Response(), _stopping.Token).ConfigureAwait(false), null));
        if (renewed.Count > 0) await _store.StoreAsync(renewed, _signer.KeyRev, _stopping.Token).ConfigureAwait(false);
        return renewed.Count;
    }
}

using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using NesActors.Directory.Storage;

namespace NesActors.Directory.LookUp;

/// <summary>
/// Stores what was signed for look-ups, many at a time, behind their back. What does not fit, or cannot be stored, is signed again at the next look-up.
/// </summary>
internal sealed class RenewalQueue : IAsyncDisposable
{
    private const int Capacity = 4096;
    private const int BatchSize = 500;

    private readonly Channel<Renewed> _waiting = Channel.CreateBounded<Renewed>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly AnswerStore _store;
    private readonly int _keyRev;
    private readonly ILogger<RenewalQueue> _logger;
    private readonly Task _storing;

    public RenewalQueue(AnswerStore store, int keyRev, ILogger<RenewalQueue> logger)
    {
        (_store, _keyRev, _logger) = (store, keyRev, logger);
        _storing = StoreAsync();
    }

    public void Add(Renewed renewed) => _waiting.Writer.TryWrite(renewed);

    /// <summary>Stores what waits, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _storing.ConfigureAwait(false);
    }

    private async Task StoreAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            var batch = new List<Renewed>();
            while (batch.Count < BatchSize && _waiting.Reader.TryRead(out var renewed)) batch.Add(renewed);
            try
            {
                await _store.StoreAsync(batch, _keyRev, CancellationToken.None).ConfigureAwait(false);
            }
            catch (DatabaseUnavailableException e)
            {
                _logger.LogWarning(e, "Could not store {Count} new signatures; they are made again when they are needed.", batch.Count);
            }
        }
    }
}

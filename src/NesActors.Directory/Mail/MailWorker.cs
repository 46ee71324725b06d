using Microsoft.Extensions.Logging;
using NesActors.Directory.Storage;

namespace NesActors.Directory.Mail;

/// <summary>
/// Sends what waits in the table <c>mails</c>: looks every two seconds, some connections at once, each mail again and again with growing pauses until
/// it left or its links are over. A mail that cannot be sent holds up no other.
/// </summary>
internal sealed class MailWorker : IAsyncDisposable
{
    private const int Batch = 64;
    private const int Connections = 4;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly MailStore _store;
    private readonly MailSeal _seal;
    private readonly MailComposer _composer;
    private readonly Func<SmtpSession> _connect;
    private readonly MailState _state;
    private readonly TimeProvider _clock;
    private readonly ILogger<MailWorker> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    public MailWorker(
        MailStore store, MailSeal seal, MailComposer composer, Func<SmtpSession> connect, MailState state, TimeProvider clock, ILogger<MailWorker> logger)
    {
        (_store, _seal, _composer, _connect, _state, _clock, _logger) = (store, seal, composer, connect, state, clock, logger);
        _running = RunAsync();
    }

    /// <summary>Lets the mails that are on their way end, for the time of one conversation at most, and leaves the others for the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        try
        {
            do await SendDueAsync().ConfigureAwait(false);
            while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            _logger.LogDebug("No more mail is sent: the server stops.");
        }
    }

    private async Task SendDueAsync()
    {
        try
        {
            IReadOnlyList<MailRow> due;
            do
            {
                due = await _store.DueAsync(_clock.GetUtcNow(), Batch, _stopping.Token).ConfigureAwait(false);
                var shares = due.Chunk((due.Count + Connections - 1) / Connections + 1);
                await Parallel.ForEachAsync(shares, _stopping.Token, async (share, _) => await SendAsync(share).ConfigureAwait(false)).ConfigureAwait(false);
            }
            while (due.Count == Batch);
            _state.Queue = await _store.QueueAsync(_stopping.Token).ConfigureAwait(false);
            _logger.LogDebug("{Count} mails wait.", _state.Queue.Length);
        }
        catch (DatabaseUnavailableException e)
        {
            _logger.LogWarning(e, "The database failed while mail was sent; the next look tries again.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A mail that nobody foresaw must not end the sending of all others. The text of the error may hold an address.
            _logger.LogError("Sending mail failed ({Error}); the next look tries again.", e.GetType().Name);
        }
    }

    private async Task SendAsync(MailRow[] share)
    {
        using var session = _connect();
        string? broken = null;
        foreach (var row in share)
        {
            if (_stopping.IsCancellationRequested) break;
            if (_clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt) >= MailKind.Lifetime)
            {
                await DropAsync(row, "its links are over").ConfigureAwait(false);
                continue;
            }
            // Once the server is known to be out of reach, the others need not find out one by one.
            if (broken is null) broken = await TrySendAsync(row, session).ConfigureAwait(false);
            else await PutOffAsync(row, broken).ConfigureAwait(false);
        }
        await session.EndAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <returns>What is wrong with the server; null where nothing is.</returns>
    private async Task<string?> TrySendAsync(MailRow row, SmtpSession session)
    {
        var waiting = _seal.TryOpen(row.Sealed, row.Kind, row.Name, row.CreatedAt) is { } content ? WaitingMail.TryRead(content, row.Kind) : null;
        if (waiting is null)
        {
            await PutOffAsync(row, "unreadable").ConfigureAwait(false);
            return null;
        }
        if (_composer.TryCompose(waiting) is not { } message)
        {
            await DropAsync(row, "its address is none that mail can go to").ConfigureAwait(false);
            return null;
        }
        // Not cut off when the server stops: a mail that arrived and stayed in the queue would go out twice.
        var result = await session.SendAsync(message, CancellationToken.None).ConfigureAwait(false);
        switch (result.Outcome)
        {
            case MailOutcome.Sent:
                await _store.RemoveAsync(row.Id, CancellationToken.None).ConfigureAwait(false);
                _state.CountSent();
                _logger.LogInformation("A mail ({Kind}) has left, at attempt {Attempt}.", row.Kind, row.Attempts + 1);
                return null;
            case MailOutcome.Rejected:
                await DropAsync(row, "the mail server knows no such recipient").ConfigureAwait(false);
                return null;
            default:
                await PutOffAsync(row, result.Reason).ConfigureAwait(false);
                return result.Outcome == MailOutcome.ServerFailed ? result.Reason : null;
        }
    }

    private async Task PutOffAsync(MailRow row, string reason)
    {
        var pause = TimeSpan.FromMinutes(Math.Min(LongestPause.TotalMinutes, Math.Pow(2, Math.Min(row.Attempts, 10))));
        await _store.PutOffAsync(row.Id, _clock.GetUtcNow() + pause, reason, CancellationToken.None).ConfigureAwait(false);
        _state.CountFailed(reason);
        _logger.LogWarning("A mail ({Kind}) could not leave: {Reason}. The next attempt is in {Minutes} minutes.", row.Kind, reason, pause.TotalMinutes);
    }

    private async Task DropAsync(MailRow row, string reason)
    {
        await _store.RemoveAsync(row.Id, CancellationToken.None).ConfigureAwait(false);
        _state.CountDropped();
        _logger.LogWarning("A mail ({Kind}) was dropped: {Reason}.", row.Kind, reason);
    }
}

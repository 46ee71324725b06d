using NesActors.Contracts;

namespace NesActors.FrontEnd.Rest.Webhooks;

/// <summary>
/// Tells one receiver of events, one at a time and at least once each: what is due again first, then what is new, in the order of the log. Before each attempt the event is read from the log anew:
/// what was deleted meanwhile goes nowhere.
/// </summary>
internal sealed class WebhookWorker(string id, IMessenger messenger, WebhookStore webhooks, DeliveryStore deliveries, WebhookClient client, TimeProvider clock)
{
    /// <summary>Events that nobody asked for between two notes of how far the log was read.</summary>
    private const int NoteEvery = 256;

    private TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _passed;

    /// <summary>Has it look again at what is to be done.</summary>
    public void Wake() => Volatile.Read(ref _woken).TrySetResult();

    /// <summary>Works until the webhook is disabled or removed.</summary>
    /// <returns>Why it was disabled; <see langword="null"/> where it was not by itself.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="ObjectDisposedException">The session has ended.</exception>
    public async Task<WebhookStatus?> RunAsync(CancellationToken cancellation)
    {
        if (webhooks.Find(id) is not { } first) return null;
        await using var log = new EventCursors(messenger, first.Position ?? messenger.StartCursor, cancellation);
        while (true)
        {
            var woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _woken, woken);
            if (deliveries.Look(id) is not { Webhook.Status: WebhookStatus.Enabled } standing) return null;
            var (tried, ended) = await TryAllAsync(standing, log, cancellation).ConfigureAwait(false);
            if (ended is { } status) return status;
            if (!tried) await WaitAsync(standing, log, woken.Task, cancellation).ConfigureAwait(false);
        }
    }

    /// <returns>Whether there was anything to try, and why the webhook is disabled now, if it is.</returns>
    private async Task<(bool Tried, WebhookStatus? Ended)> TryAllAsync(WebhookStanding standing, EventCursors log, CancellationToken cancellation)
    {
        if (standing.Due(clock.GetUtcNow()) is { } due) return (true, await TryAsync(standing.Webhook, due.Event, due, cancellation).ConfigureAwait(false));
        // In turn, so that neither keeps the other waiting.
        var tried = false;
        if (standing.Replayed is { } replayed)
        {
            if (await TryAsync(standing.Webhook, replayed.Event, replayed, cancellation).ConfigureAwait(false) is { } ended) return (true, ended);
            tried = true;
        }
        if (standing.MayGoOn && await NextAsync(standing.Webhook, log).ConfigureAwait(false) is { } cursor)
            return (true, await TryAsync(standing.Webhook, cursor, null, cancellation).ConfigureAwait(false));
        return (tried, null);
    }

    /// <summary>The next event that the webhook asks for, as far as it is there already.</summary>
    private async Task<long?> NextAsync(Webhook webhook, EventCursors log)
    {
        while (await log.TryTakeAsync().ConfigureAwait(false) is { } happened)
        {
            // Where no session ran when it was registered, it begins with the session, but with nothing that was before itself.
            if (webhook.Events.HasFlag(EventTypeNames.TypeOf(happened)) && (webhook.Position is not null || happened.At >= webhook.CreatedAt)) return happened.Cursor;
            if (++_passed % NoteEvery == 0) await deliveries.PassedAsync(id, happened.Cursor).ConfigureAwait(false);
        }
        return null;
    }

    /// <returns>Why the webhook is disabled now; <see langword="null"/>: it is not.</returns>
    private async Task<WebhookStatus?> TryAsync(Webhook webhook, long cursor, WebhookDelivery? known, CancellationToken cancellation)
    {
        if (await messenger.EventAsync(cursor, cancellation).ConfigureAwait(false) is not { } happened)
        {
            await deliveries.SkippedAsync(id, cursor).ConfigureAwait(false);
            return null;
        }
        var attempt = await client.SendAsync(webhook, webhooks.SecretsOf(id), happened, cancellation).ConfigureAwait(false);
        switch (attempt.Outcome)
        {
            case AttemptOutcome.Taken:
                await deliveries.TakenAsync(id, cursor).ConfigureAwait(false);
                return null;
            case AttemptOutcome.Gone:
                await deliveries.GoneAsync(id).ConfigureAwait(false);
                return WebhookStatus.Gone;
            default:
                return await deliveries.FailedAsync(id, cursor, EventTypeNames.TypeOf(happened), known, attempt.Failure).ConfigureAwait(false) ? null : WebhookStatus.Failing;
        }
    }

    private async Task WaitAsync(WebhookStanding standing, EventCursors log, Task woken, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        List<Task> ends = [woken, Task.Delay(LeftUntil(standing.NextAt), clock, over.Token)];
        if (standing.MayGoOn) ends.Add(log.Next);
        // The clock may have gone on while the timer was made.
        if (LeftUntil(standing.NextAt) != TimeSpan.Zero) await Task.WhenAny(ends).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
    }

    private TimeSpan LeftUntil(DateTimeOffset? time)
    {
        if (time is not { } next) return Timeout.InfiniteTimeSpan;
        var left = next - clock.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}

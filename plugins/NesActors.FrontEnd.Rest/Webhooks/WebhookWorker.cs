using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Streams;

namespace NesActors.FrontEnd.Rest.Webhooks;

/// <summary>
/// Tells one receiver of events, one at a time and at least once each: what is due again first, then what is new, in the order of the log. Each is read from the log when it is told: what was deleted
/// meanwhile goes nowhere.
/// </summary>
internal sealed class WebhookWorker(string id, EventFeed feed, WebhookStore webhooks, DeliveryStore deliveries, WebhookClient client, TimeProvider clock)
{
    /// <summary>Events looked up at once, where some of them may not be asked for.</summary>
    private const int PageSize = 16;

    /// <summary>Events that nobody asked for between two notes of how far the log was read.</summary>
    private const int NoteEvery = 256;

    private TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _read;
    private long _noted;

    /// <summary>Has it look again at what is to be done.</summary>
    public void Wake() => Volatile.Read(ref _woken).TrySetResult();

    /// <summary>Works until the webhook is disabled or removed.</summary>
    /// <returns>Why it was disabled; <see langword="null"/> where it was not by itself.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="ObjectDisposedException">The session has ended.</exception>
    public async Task<WebhookStatus?> RunAsync(CancellationToken cancellation)
    {
        if (webhooks.Find(id) is not { } webhook) return null;
        _noted = _read = await BeginAsync(webhook, cancellation).ConfigureAwait(false);
        while (true)
        {
            // Both are asked for before the look at what is to be done.
            var (woken, changed) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), feed.Changed);
            Volatile.Write(ref _woken, woken);
            if (deliveries.Look(id) is not { Webhook.Status: WebhookStatus.Enabled } standing) return null;
            var (tried, ended) = await TryAllAsync(standing, cancellation).ConfigureAwait(false);
            if (ended is { } status) return status;
            if (!tried) await WaitAsync(standing.NextAt, standing.MayGoOn ? [woken.Task, changed] : [woken.Task], cancellation).ConfigureAwait(false);
        }
    }

    /// <returns>Behind which event to read; it is on the disk.</returns>
    private async Task<long> BeginAsync(Webhook webhook, CancellationToken cancellation)
    {
        if (webhook.Position is { } position)
        {
            var newest = await feed.NewestAsync(cancellation).ConfigureAwait(false);
            if (position <= newest) return position;
            await deliveries.RestartAsync(id, newest).ConfigureAwait(false);
            return newest;
        }
        var first = await FirstAsync(webhook.CreatedAt, cancellation).ConfigureAwait(false);
        await deliveries.PassedAsync(id, first).ConfigureAwait(false);
        return first;
    }

    /// <summary>Where no session ran when it was registered, it begins with the session, but with nothing that was before itself.</summary>
    private async Task<long> FirstAsync(DateTimeOffset createdAt, CancellationToken cancellation)
    {
        var read = feed.Beginning;
        while (true)
        {
            var page = await feed.LookUpAsync(read, PageSize, arrivalsOnly: false, cancellation).ConfigureAwait(false);
            if (page.Events.FirstOrDefault(happened => happened.At >= createdAt) is { } first) return first.Cursor - 1;
            read = page.Position;
            if (page.Position >= page.Newest) return read;
        }
    }

    /// <returns>Whether there was anything to try, and why the webhook is disabled now, if it is.</returns>
    private async Task<(bool Tried, WebhookStatus? Ended)> TryAllAsync(WebhookStanding standing, CancellationToken cancellation)
    {
        if (standing.Due(clock.GetUtcNow()) is { } due) return (true, await TryAgainAsync(standing.Webhook, due, cancellation).ConfigureAwait(false));
        // In turn, so that neither keeps the other waiting.
        if (standing.Replayed is { } replayed && await TryAgainAsync(standing.Webhook, replayed, cancellation).ConfigureAwait(false) is { } ended) return (true, ended);
        if (standing.MayGoOn && await NextAsync(standing.Webhook, cancellation).ConfigureAwait(false) is { } happened)
            return (true, await TryAsync(standing.Webhook, happened, null, cancellation).ConfigureAwait(false));
        return (standing.Replayed is not null, null);
    }

    /// <summary>The next event that the webhook asks for; <see langword="null"/> where it has not happened yet.</summary>
    private async Task<MessengerEvent?> NextAsync(Webhook webhook, CancellationToken cancellation)
    {
        var arrivalsOnly = webhook.Events == EventTypes.Message;
        while (true)
        {
            var page = await feed.LookUpAsync(_read, arrivalsOnly ? 1 : PageSize, arrivalsOnly, cancellation).ConfigureAwait(false);
            if (page.Events.FirstOrDefault(happened => webhook.Events.HasFlag(EventTypeNames.TypeOf(happened))) is { } found)
            {
                _read = found.Cursor;
                return found;
            }
            _read = page.Position;
            if (_read - _noted >= NoteEvery)
            {
                await deliveries.PassedAsync(id, _read).ConfigureAwait(false);
                _noted = _read;
            }
            if (page.Position >= page.Newest) return null;
        }
    }

    private async Task<WebhookStatus?> TryAgainAsync(Webhook webhook, WebhookDelivery known, CancellationToken cancellation)
    {
        if (await feed.FindAsync(known.Event, cancellation).ConfigureAwait(false) is { } happened) return await TryAsync(webhook, happened, known, cancellation).ConfigureAwait(false);
        await deliveries.SkippedAsync(id, known.Event).ConfigureAwait(false);
        return null;
    }

    /// <returns>Why the webhook is disabled now; <see langword="null"/>: it is not.</returns>
    private async Task<WebhookStatus?> TryAsync(Webhook webhook, MessengerEvent happened, WebhookDelivery? known, CancellationToken cancellation)
    {
        var attempt = await client.SendAsync(webhook, webhooks.SecretsOf(id), happened, cancellation).ConfigureAwait(false);
        switch (attempt.Outcome)
        {
            case AttemptOutcome.Taken:
                await deliveries.TakenAsync(id, happened.Cursor).ConfigureAwait(false);
                return null;
            case AttemptOutcome.Gone:
                await deliveries.GoneAsync(id).ConfigureAwait(false);
                return WebhookStatus.Gone;
            default:
                var goesOn = await deliveries.FailedAsync(id, happened.Cursor, EventTypeNames.TypeOf(happened), known, attempt).ConfigureAwait(false);
                return goesOn ? null : WebhookStatus.Failing;
        }
    }

    private async Task WaitAsync(DateTimeOffset? until, Task[] events, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var timer = Task.Delay(LeftUntil(until), clock, over.Token);
        // The clock may have gone on while the timer was made.
        if (LeftUntil(until) != TimeSpan.Zero) await Task.WhenAny([timer, .. events]).ConfigureAwait(false);
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

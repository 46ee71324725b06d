using NesActors.Contracts;

namespace NesActors.FrontEnd.Rest.Streams;

/// <summary>The messages that came, out of the log of events. Reading consumes nothing.</summary>
/// <param name="feed">The events.</param>
internal sealed class Inbox(EventFeed feed)
{
    /// <summary>Rows looked up at once.</summary>
    private const int PageSize = 64;

    /// <summary>Characters of texts in one answer, where that has several messages.</summary>
    private const int MaxCharacters = 1 << 20;

    /// <summary>Reads what is there.</summary>
    /// <param name="after">The position.</param>
    /// <param name="limit">How many messages at most; fewer come where they are long.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The messages, and the position behind them; without any, how far the log has come.</returns>
    public async Task<(IReadOnlyList<MessageReceived> Messages, long Next)> ReadAsync(long after, int limit, CancellationToken cancellation)
    {
        var messages = new List<MessageReceived>();
        var characters = 0;
        while (true)
        {
            var page = await feed.LookUpAsync(after, Math.Min(PageSize, limit - messages.Count), arrivalsOnly: true, cancellation).ConfigureAwait(false);
            foreach (var received in page.Events.Cast<MessageReceived>())
            {
                characters += received.Message.Text.Length;
                if (messages.Count > 0 && characters > MaxCharacters) return (messages, messages[^1].Cursor);
                messages.Add(received);
            }
            after = page.Position;
            if (messages.Count == limit || after >= page.Newest) return (messages, after);
        }
    }

    /// <summary>Reads, and waits for the first message where there is none.</summary>
    /// <param name="after">The position.</param>
    /// <param name="limit">How many messages at most.</param>
    /// <param name="waiting">Ends the waiting: then there are none.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<(IReadOnlyList<MessageReceived> Messages, long Next)> WaitAsync(long after, int limit, CancellationToken waiting, CancellationToken cancellation)
    {
        while (true)
        {
            var changed = feed.Changed;
            var found = await ReadAsync(after, limit, cancellation).ConfigureAwait(false);
            if (found.Messages.Count > 0) return found;
            after = found.Next;
            try
            {
                await changed.WaitAsync(waiting).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return found;
            }
        }
    }
}

using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Api;

namespace NesActors.FrontEnd.Rest.Sending;

/// <summary>Sends one order under ids that were decided before; a second time with the same ids sends nothing.</summary>
/// <param name="messenger">The session.</param>
/// <param name="order">The order.</param>
/// <param name="stopping">Ends the waiting, for the gateway ends.</param>
internal sealed class Dispatch(IMessenger messenger, SendOrder order, CancellationToken stopping)
{
    /// <param name="ids">An id for each recipient.</param>
    /// <param name="leaving">Nobody waits for the answer any more: what is to be taken back is taken back now.</param>
    /// <exception cref="OperationCanceledException">Nobody waits, and nothing is to be taken back.</exception>
    /// <exception cref="ProblemException">The session has ended meanwhile.</exception>
    public async Task<IReadOnlyList<SendResult>> RunAsync(IReadOnlyList<MessageId> ids, CancellationToken leaving)
    {
        try
        {
            return await SendAsync(ids, leaving).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            throw new ProblemException(
                ProblemCode.SessionUnavailable, $"The session has ended, and what was to be sent may be written down; when it runs again, GET /v1/messages/ID tells: {string.Join(", ", ids)}.");
        }
    }

    private async Task<IReadOnlyList<SendResult>> SendAsync(IReadOnlyList<MessageId> ids, CancellationToken leaving)
    {
        // Whoever leaves now does not leave half of it undone.
        await Task.WhenAll(order.To.Zip(ids, (to, id) => messenger.SendAsync(id, to, order.Text, CancellationToken.None))).ConfigureAwait(false);
        if (order.Until is not { } until) return [.. order.To.Zip(ids, (to, id) => SendResult.Queued(id, to))];
        return await Task.WhenAll(order.To.Zip(ids, (to, id) => WaitAsync(id, to, until, leaving))).ConfigureAwait(false);
    }

    private async Task<SendResult> WaitAsync(MessageId id, Username to, MessageState until, CancellationToken leaving)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(leaving, stopping);
        try
        {
            return SendResult.Of(await SettleAsync(id, until, either.Token, leaving).ConfigureAwait(false));
        }
        catch (KeyNotFoundException)
        {
            // Only what had left or failed can be deleted, and which of both it was is gone with it.
            return new SendResult(id.ToString(), to.Value, MessageState.Unknown, null, "It was deleted here before its state was told.");
        }
    }

    private async Task<StoredMessage> SettleAsync(MessageId id, MessageState until, CancellationToken either, CancellationToken leaving)
    {
        try
        {
            return order.Withdraw
                ? await messenger.SettleAsync(id, order.Patience, either).ConfigureAwait(false)
                : await messenger.WaitAsync(id, until, order.Patience, either).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (order.Withdraw)
        {
            return await messenger.SettleAsync(id, TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!leaving.IsCancellationRequested)
        {
            return await messenger.WaitAsync(id, until, TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
        }
    }
}

using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Access;
using NesActors.FrontEnd.Rest.Api;
using NesActors.FrontEnd.Rest.Sending.Idempotency;

namespace NesActors.FrontEnd.Rest.Sending;

/// <summary>Sends for those who use the gateway, by whatever way they ask.</summary>
internal sealed class MessageSender(IdempotencyStore keys, TimeProvider clock)
{
    private readonly SharedSends _underWay = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Sends.</summary>
    /// <param name="caller">Who wants that.</param>
    /// <param name="order">What, and to whom.</param>
    /// <param name="key">Under which the same order is done once (<see cref="IdempotencyKey"/>); <see langword="null"/>: each time.</param>
    /// <param name="cancellation">Nobody waits for the answer any more. What was to be taken back is taken back then.</param>
    /// <returns>A result for each recipient, in the order of the order.</returns>
    /// <exception cref="ProblemException">The caller may not, another order has the key, or there are too many keys; nothing was sent then.</exception>
    /// <exception cref="ObjectDisposedException">The session has ended. What was asked for may be written down.</exception>
    public Task<IReadOnlyList<SendResult>> SendAsync(Caller caller, SendOrder order, IdempotencyKey? key, CancellationToken cancellation)
    {
        if (order.To.Where(user => !caller.MaySendTo(user)).Select(user => user.Value).ToList() is { Count: > 0 } others)
            throw new ProblemException(ProblemCode.Forbidden, $"The token does not allow to send to {string.Join(", ", others)}; nothing was sent.");
        var dispatch = new Dispatch(caller.Messenger, order, _stopping.Token);
        if (key is null) return dispatch.RunAsync(NewIds(order), cancellation);
        var request = key.FingerprintOf(order);
        return _underWay.JoinAsync(key.Id, request, leaving => SendOnceAsync(key, request, order, dispatch, leaving), cancellation);
    }

    /// <summary>Answers those who wait with what is known now.</summary>
    public void Stop() => _stopping.Cancel();

    private async Task<IReadOnlyList<SendResult>> SendOnceAsync(IdempotencyKey key, RequestFingerprint request, SendOrder order, Dispatch dispatch, CancellationToken leaving)
    {
        var claim = await keys.ClaimAsync(key, request, NewIds(order)).ConfigureAwait(false);
        if (claim.Request != request) throw IdempotencyKey.Conflict();
        if (claim.Answer is { } answer) return answer.For(order, claim.Messages);
        var results = await dispatch.RunAsync(claim.Messages, leaving).ConfigureAwait(false);
        // Not waited for: should it be lost, the same ids lead to the same messages.
        keys.Remember(key, FirstAnswer.Of(results));
        return results;
    }

    private List<MessageId> NewIds(SendOrder order) => [.. order.To.Select(_ => MessageId.New(clock))];
}

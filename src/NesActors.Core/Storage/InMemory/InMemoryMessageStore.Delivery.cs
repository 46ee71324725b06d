using NesActors.Contracts;
using NesActors.Core.Storage.Delivery;

namespace NesActors.Core.Storage.InMemory;

/// <summary>Who has got what.</summary>
public sealed partial class InMemoryMessageStore
{
    /// <inheritdoc/>
    public Task<ContactDelivery> DeliveryAsync(Username contact, CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult(_delivery.Of(contact));
    }

    /// <inheritdoc/>
    public Task<ChainedNumber> NumberAsync(MessageId id, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _outbox.Has(id)
                ? Task.FromResult(_delivery.Number(id, _messages.Find(id)!.Contact))
                : Task.FromException<ChainedNumber>(new KeyNotFoundException("No such message waits to go out."));
        }
    }

    /// <inheritdoc/>
    public Task ConfirmAsync(Username contact, Acknowledgement ack, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var leaving = _outbox.All(id => _messages.Find(id)!).Where(entry => entry.MayHaveLeft && entry.Message.Contact == contact);
            foreach (var id in _delivery.Confirm(contact, ack, leaving))
            {
                if (_messages.Find(id) is { } message) Advance(message with { State = MessageState.Delivered, Failure = SendFailure.None, Detail = null });
            }
            if (ack.ReadUpTo == 0) return Task.CompletedTask;
            foreach (var message in _messages.With(contact).Where(message => message.State == MessageState.Delivered && IsUpTo(message.Id, ack.Stream, ack.ReadUpTo)).ToList())
            {
                Advance(message with { State = MessageState.Read });
            }
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<long> ReadUpToAsync(Username contact, StreamId stream, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var arrived = _delivery.Of(contact).Of(stream).UpTo;
            var unread = _messages.With(contact).Where(message => message.State == MessageState.Received).Select(message => _delivery.ToldOf(message.Id))
                .Where(number => number?.Stream == stream).Select(number => number!.Value.Number).DefaultIfEmpty(long.MaxValue).Min();
            return Task.FromResult(Math.Min(unread - 1, arrived));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<UnconfirmedMessage>> UnconfirmedAsync(Username contact, int limit, CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<UnconfirmedMessage>>([.. _delivery.Unconfirmed(contact).Take(limit)]);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Username>> AwaitedAsync(CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<Username>>([.. _delivery.Awaited()]);
    }

    private bool IsUpTo(MessageId id, StreamId stream, long last) => _delivery.ToldOf(id) is { } number && number.Stream == stream && number.Number <= last;
}

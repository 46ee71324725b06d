using NesActors.Contracts;
using NesActors.Core.Storage.Delivery;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>Who has got what.</summary>
public sealed partial class SqliteMessageStore
{
    /// <inheritdoc/>
    public Task<ContactDelivery> DeliveryAsync(Username contact, CancellationToken cancellation) =>
        ReadAsync(statements => ReceivedTable.Of(statements, contact), cancellation);

    /// <inheritdoc/>
    public Task<ChainedNumber> NumberAsync(MessageId id, CancellationToken cancellation) => Writer.RunAsync(
        transaction => MessageTable.Find(transaction.Statements, _key, id) is ({ } row, { State: MessageState.Queued } queued)
            ? NumberingTable.Give(transaction.Statements, row, queued.Contact)
            : throw new KeyNotFoundException("No such message waits to go out."),
        cancellation);

    /// <inheritdoc/>
    public Task ConfirmAsync(Username contact, Acknowledgement ack, CancellationToken cancellation) => Writer.RunAsync(
        transaction =>
        {
            if (NumberingTable.IsBehind(transaction.Statements, contact, ack)) return false;
            foreach (var (row, number) in UnconfirmedTable.Covered(transaction.Statements, contact, ack))
            {
                UnconfirmedTable.Remove(transaction.Statements, row);
                MessageTable.Number(transaction.Statements, row, number);
                Advance(transaction, row, MessageState.Delivered);
            }
            if (ack.ReadUpTo > 0)
            {
                foreach (var row in MessageTable.Delivered(transaction.Statements, contact, ack.Stream, ack.ReadUpTo)) Advance(transaction, row, MessageState.Read);
            }
            return true;
        },
        cancellation);

    /// <inheritdoc/>
    public Task<long> ReadUpToAsync(Username contact, StreamId stream, CancellationToken cancellation) => ReadAsync(
        statements =>
        {
            if (_history.IsOff) return 0;
            var arrived = ReceivedTable.Of(statements, contact).Of(stream).UpTo;
            return MessageTable.FirstUnread(statements, contact, stream) is { } first ? Math.Min(first - 1, arrived) : arrived;
        },
        cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<UnconfirmedMessage>> UnconfirmedAsync(Username contact, int limit, CancellationToken cancellation) =>
        ReadAsync<IReadOnlyList<UnconfirmedMessage>>(statements => UnconfirmedTable.Oldest(statements, _key, contact, limit), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Username>> AwaitedAsync(CancellationToken cancellation) => ReadAsync<IReadOnlyList<Username>>(UnconfirmedTable.Awaited, cancellation);

    private void Advance(StoreTransaction transaction, long row, MessageState state)
    {
        if (MessageTable.At(transaction.Statements, _key, row) is { } message) Advance(transaction, row, message with { State = state, Failure = SendFailure.None, Detail = null });
    }
}

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
    public Task<MessageNumber> NumberAsync(MessageId id, CancellationToken cancellation) => Writer.RunAsync(
        transaction => MessageTable.Find(transaction.Statements, _key, id) is ({ } row, { State: MessageState.Queued } queued)
            ? NumberingTable.Give(transaction.Statements, row, queued.Contact)
            : throw new KeyNotFoundException("No such message waits to go out."),
        cancellation);

    /// <inheritdoc/>
    public Task ConfirmAsync(Username contact, Acknowledgement ack, CancellationToken cancellation) => Writer.RunAsync(
        transaction =>
        {
            if (NumberingTable.IsBehind(transaction.Statements, contact, ack)) return false;
            foreach (var row in UnconfirmedTable.Covered(transaction.Statements, contact, ack))
            {
                UnconfirmedTable.Remove(transaction.Statements, row);
                if (MessageTable.At(transaction.Statements, _key, row) is { } message) Advance(transaction, row, message with { State = MessageState.Delivered, Failure = SendFailure.None, Detail = null });
            }
            return true;
        },
        cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<UnconfirmedMessage>> UnconfirmedAsync(Username contact, int limit, CancellationToken cancellation) =>
        ReadAsync<IReadOnlyList<UnconfirmedMessage>>(statements => UnconfirmedTable.Oldest(statements, _key, contact, limit), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Username>> AwaitedAsync(CancellationToken cancellation) => ReadAsync<IReadOnlyList<Username>>(UnconfirmedTable.Awaited, cancellation);
}

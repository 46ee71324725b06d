using NesActors.Contracts;

namespace NesActors.Core.Storage.Delivery;

/// <summary>What a session remembers of who has got what: its own numbering, what no recipient has confirmed yet, and what arrived of each contact's numbering.</summary>
public interface IDeliveryStore
{
    /// <summary>What is known of a contact's and our numbering.</summary>
    Task<ContactDelivery> DeliveryAsync(Username contact, CancellationToken cancellation);

    /// <summary>Gives a queued message its place in the numbering for its recipient; asked again, the same place. It is the next to leave: what stands before it is settled.</summary>
    /// <exception cref="KeyNotFoundException">No such message waits to go out.</exception>
    Task<ChainedNumber> NumberAsync(MessageId id, CancellationToken cancellation);

    /// <summary>
    /// Records what a contact has received: messages that it covers, by stream and number or by hash, are <see cref="MessageState.Delivered"/>, which is logged. One that covers
    /// numbers never given belongs to a state that is lost: it marks nothing, and the next message begins a new stream. What was delivered and read there is
    /// <see cref="MessageState.Read"/>.
    /// </summary>
    Task ConfirmAsync(Username contact, Acknowledgement ack, CancellationToken cancellation);

    /// <summary>The highest number of a contact's stream up to which all was read here; 0 where that is nothing, or is not known because no history is kept.</summary>
    Task<long> ReadUpToAsync(Username contact, StreamId stream, CancellationToken cancellation);

    /// <summary>Messages that have left, or may have, and were not confirmed by the contact; the oldest first.</summary>
    Task<IReadOnlyList<UnconfirmedMessage>> UnconfirmedAsync(Username contact, int limit, CancellationToken cancellation);

    /// <summary>The contacts that confirm what they receive, and have not confirmed all.</summary>
    Task<IReadOnlyList<Username>> AwaitedAsync(CancellationToken cancellation);
}

using NesActors.Contracts;
using NesActors.Core.Storage;

namespace NesActors.Core.Session;

/// <summary>What a session has left to the next one that takes the user's mail.</summary>
/// <param name="Outbox">Messages that are not settled, in the order in which they were queued.</param>
/// <param name="Awaited">Contacts who have not confirmed all that they will.</param>
internal sealed record Leftovers(IReadOnlyList<OutboxEntry> Outbox, IReadOnlyList<Username> Awaited)
{
    public static Leftovers None { get; } = new([], []);

    public static async Task<Leftovers> ReadAsync(IMessageStore store, CancellationToken cancellation) =>
        new(await store.OutboxAsync(cancellation), await store.AwaitedAsync(cancellation));

    /// <summary>For a session that only sends: these messages alone, as far as they are there.</summary>
    public static async Task<Leftovers> ReadAsync(IMessageStore store, IReadOnlyCollection<MessageId> only, CancellationToken cancellation) =>
        only.Count == 0 ? None : new([.. (await store.OutboxAsync(cancellation)).Where(entry => only.Contains(entry.Message.Id))], []);
}

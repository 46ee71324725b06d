using NesActors.Contracts;
using NesActors.Core.Storage;

namespace NesActors.Core.Session;

/// <summary>What a session has left to the next one that takes the user's mail.</summary>
/// <param name="Outbox">Messages that are not settled, in the order in which they were queued.</param>
/// <param name="Awaited">Contacts who have not confirmed all that they will.</param>
/// <param name="Standings">What the person thinks of those who are no strangers.</param>
internal sealed record Leftovers(IReadOnlyList<OutboxEntry> Outbox, IReadOnlyList<Username> Awaited, IReadOnlyDictionary<Username, ContactStanding> Standings)
{
    public static Leftovers None { get; } = new([], [], new Dictionary<Username, ContactStanding>());

    public static async Task<Leftovers> ReadAsync(IMessageStore store, CancellationToken cancellation)
    {
        var contacts = await store.ContactsAsync(cancellation);
        var standings = contacts.Where(contact => contact.Standing != ContactStanding.Stranger).ToDictionary(contact => contact.User, contact => contact.Standing);
        return new(await store.OutboxAsync(cancellation), await store.AwaitedAsync(cancellation), standings);
    }

    /// <summary>For a session that only sends: these messages alone, as far as they are there.</summary>
    public static async Task<Leftovers> ReadAsync(IMessageStore store, IReadOnlyCollection<MessageId> only, CancellationToken cancellation) =>
        only.Count == 0 ? None : None with { Outbox = [.. (await store.OutboxAsync(cancellation)).Where(entry => only.Contains(entry.Message.Id))] };
}

using NesActors.Contracts;

namespace NesActors.Core.Storage;

/// <summary>What was said, to be read, marked and deleted without a session.</summary>
public interface IMessageArchive
{
    /// <summary>A message by its id; <see langword="null"/> where there is none.</summary>
    Task<StoredMessage?> FindAsync(MessageId id, CancellationToken cancellation);

    /// <summary>See <see cref="IMessenger.HistoryAsync"/>.</summary>
    Task<IReadOnlyList<StoredMessage>> HistoryAsync(Username contact, MessageId? before, MessageId? after, int limit, CancellationToken cancellation);

    /// <summary>See <see cref="IMessenger.SearchAsync"/>.</summary>
    Task<IReadOnlyList<StoredMessage>> SearchAsync(string text, Username? contact, MessageId? before, int limit, CancellationToken cancellation);

    /// <summary>Marks what came from a contact as read, up to a message or all, and logs it where it is a change.</summary>
    Task MarkReadAsync(Username contact, MessageId? upTo, CancellationToken cancellation);

    /// <summary>See <see cref="IMessenger.DeleteMessageAsync"/>.</summary>
    Task<bool> DeleteMessageAsync(MessageId id, CancellationToken cancellation);

    /// <summary>See <see cref="IMessenger.DeleteConversationAsync"/>.</summary>
    Task<int> DeleteConversationAsync(Username contact, CancellationToken cancellation);

    /// <summary>See <see cref="IMessenger.DisappearAsync"/>.</summary>
    Task DisappearAsync(Username contact, TimeSpan? after, CancellationToken cancellation);
}

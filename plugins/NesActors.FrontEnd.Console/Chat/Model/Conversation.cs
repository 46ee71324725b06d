using System.Collections.Immutable;
using NesActors.Contracts;

namespace NesActors.FrontEnd.Console.Chat.Model;

/// <summary>What was said with one contact, as far as it is at hand.</summary>
internal sealed record Conversation(Contact Contact)
{
    /// <summary>How much is kept at hand; what is older comes from the history again.</summary>
    public const int MaxEntries = 2000;

    /// <summary>How much is kept of a stranger whom nobody has looked at: there may be many.</summary>
    private const int MaxRequestEntries = 20;

    /// <summary>The oldest first.</summary>
    public ImmutableList<Entry> Entries { get; init; } = [];

    /// <summary>Messages that came while another conversation was shown.</summary>
    public ImmutableHashSet<MessageId> Unread { get; init; } = [];

    /// <summary>Rows between the end of the conversation and the last row shown; 0: the end is shown.</summary>
    public int Scroll { get; init; }

    /// <summary>Messages that came below what is shown.</summary>
    public int NewBelow { get; init; }

    /// <summary>Whether the latest messages were asked for.</summary>
    public bool WasOpened { get; init; }

    /// <summary>Whether older messages are being asked for.</summary>
    public bool IsLoading { get; init; }

    /// <summary>Whether there may be older messages.</summary>
    public bool HasOlder { get; init; } = true;

    /// <summary>What was typed and not sent.</summary>
    public InputText Draft { get; init; } = InputText.Empty;

    /// <summary>Whether a stranger has written, and the person neither accepted nor answered.</summary>
    public bool IsRequest => Contact.Standing == ContactStanding.Stranger && (Contact.Trust != TrustState.Unseen || Entries.Any(entry => entry is MessageEntry { Message.IsRequest: true }));

    /// <summary>How many messages were not read: by what came since, and by what the session says.</summary>
    public int UnreadCount => Math.Max(Unread.Count, Contact.Unread);

    /// <summary>The oldest message at hand.</summary>
    public MessageId? Oldest => Entries.OfType<MessageEntry>().FirstOrDefault()?.Message.Id;

    /// <summary>Whether the message is at hand.</summary>
    public bool Has(MessageId id) => IndexOf(id) >= 0;

    /// <summary>Adds a message at the end, or takes over how much further it has come.</summary>
    public Conversation With(StoredMessage message)
    {
        var index = IndexOf(message.Id);
        if (index < 0) return WithEntry(new MessageEntry(message));
        var known = ((MessageEntry)Entries[index]).Message;
        return IsFurther(message.State, known.State) ? this with { Entries = Entries.SetItem(index, new MessageEntry(message)) } : this;
    }

    /// <summary>Adds what the program says.</summary>
    public Conversation WithEntry(Entry entry)
    {
        var entries = Entries.Add(entry);
        return entries.Count <= Limit ? this with { Entries = entries } : this with { Entries = entries.RemoveAt(0), HasOlder = true };
    }

    /// <summary>Puts messages of the history, the oldest first, in their places.</summary>
    public Conversation WithHistory(IReadOnlyList<StoredMessage> messages, bool isAll)
    {
        var known = messages.Where(message => Has(message.Id)).Aggregate(this, (conversation, message) => conversation.With(message));
        var unseen = messages.Where(message => !Has(message.Id)).Select(message => (Entry)new MessageEntry(message));
        // Sorting is stable: messages of the same instant keep the order of the history.
        return known with { Entries = [.. unseen.Concat(known.Entries).OrderBy(entry => entry.At)], HasOlder = !isAll, IsLoading = false };
    }

    /// <summary>The conversation once it is shown to its end.</summary>
    public Conversation Read() => this with { Unread = [], Contact = Contact with { Unread = 0 } };

    private int Limit => IsRequest && !WasOpened ? MaxRequestEntries : MaxEntries;

    /// <summary>A log that is read from its beginning tells states that are long over.</summary>
    private static bool IsFurther(MessageState next, MessageState known) => next is MessageState.Read || (next is MessageState.Delivered && known is not MessageState.Read)
        || known is MessageState.Queued || (known is MessageState.Unknown && next is MessageState.Published);

    private int IndexOf(MessageId id) => Entries.FindLastIndex(entry => entry is MessageEntry { Message: var message } && message.Id == id);
}

using System.Collections.Immutable;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.FrontEnd.Console.Chat.Model;

/// <summary>Everything the screen shows.</summary>
/// <param name="Me">Whose session it is.</param>
/// <param name="Zone">Where the person lives: times and days are shown so.</param>
internal sealed record ChatState(Username Me, TimeZoneInfo Zone)
{
    /// <summary>My own keys, for safety numbers; <see langword="null"/> before they are known.</summary>
    public Fingerprint? MyKeys { get; init; }

    /// <summary>All conversations, in the order of the names.</summary>
    public ImmutableSortedDictionary<Username, Conversation> Conversations { get; init; } = ImmutableSortedDictionary<Username, Conversation>.Empty;

    /// <summary>With whom the shown conversation is; <see langword="null"/> before one was chosen.</summary>
    public Username? Active { get; init; }

    /// <summary>Notices shown before a conversation was chosen.</summary>
    public ImmutableList<Entry> Home { get; init; } = [];

    /// <summary>The connection to the broker.</summary>
    public ConnectionState Connection { get; init; }

    /// <summary>Why it is not there.</summary>
    public string? ConnectionDetail { get; init; }

    /// <summary>Whether the contact list is shown; <see langword="null"/> while the person did not say: it shows once there are two.</summary>
    public bool? ShowsContacts { get; init; }

    /// <summary>The size of the terminal in columns.</summary>
    public int Width { get; init; } = 80;

    /// <summary>The size of the terminal in rows.</summary>
    public int Height { get; init; } = 24;

    /// <summary>What is being typed.</summary>
    public InputText Input { get; init; } = InputText.Empty;

    /// <summary>What was typed before.</summary>
    public InputHistory History { get; init; } = InputHistory.Empty;

    /// <summary>The shown conversation.</summary>
    public Conversation? Shown => Active is { } user ? Conversations[user] : null;

    /// <summary>Messages of contacts that are not read, in the conversations that are not shown.</summary>
    public int UnreadElsewhere => ContactList.Contacts(this).Where(conversation => conversation.Contact.User != Active).Sum(conversation => conversation.UnreadCount);

    /// <summary>My messages that have not left.</summary>
    public int Waiting => Conversations.Values.SelectMany(conversation => conversation.Entries).Count(entry => entry is MessageEntry { Message.State: MessageState.Queued });

    /// <summary>A conversation, a new one where there is none yet.</summary>
    public Conversation With(Username user) =>
        Conversations.GetValueOrDefault(user) ?? new Conversation(new Contact(user, TrustState.Unseen, null, null, 0));

    /// <summary>Puts a conversation in its place.</summary>
    public ChatState Put(Conversation conversation) => this with { Conversations = Conversations.SetItem(conversation.Contact.User, conversation) };

    /// <summary>Adds a notice to the shown conversation.</summary>
    public ChatState Tell(DateTimeOffset at, string text, bool isWarning = false)
    {
        var notice = new NoticeEntry(at, text, isWarning);
        return Shown is { } shown ? Put(shown.WithEntry(notice) with { Scroll = 0, NewBelow = 0 }) : this with { Home = Home.Add(notice) };
    }
}

using NesActors.Contracts;

namespace NesActors.FrontEnd.Console.Chat.Model;

/// <summary>What can happen to a chat: from the session, from the keyboard, from the terminal.</summary>
internal abstract record ChatInput;

/// <summary>The session reports something.</summary>
internal sealed record Happened(MessengerEvent Event) : ChatInput;

/// <summary>The session's contacts.</summary>
internal sealed record ContactsArrived(IReadOnlyList<Contact> Contacts) : ChatInput;

/// <summary>Messages of the history, the oldest first.</summary>
/// <param name="User">With whom.</param>
/// <param name="Messages">The messages.</param>
/// <param name="IsAll">Whether there are none before them.</param>
internal sealed record HistoryArrived(Username User, IReadOnlyList<StoredMessage> Messages, bool IsAll) : ChatInput;

/// <summary>The session's state.</summary>
/// <param name="Status">The state.</param>
/// <param name="IsAsked">Whether the person asked for it, and it is to be shown.</param>
internal sealed record StatusArrived(MessengerStatus Status, bool IsAsked) : ChatInput;

/// <summary>The session did not take a text.</summary>
internal sealed record SendRefused(Username To, string Text, string Why) : ChatInput;

/// <summary>What came of a decision about a contact.</summary>
/// <param name="User">About whom.</param>
/// <param name="Change">What was decided.</param>
/// <param name="Contact">The contact after it; <see langword="null"/> where it did not apply.</param>
internal sealed record ContactAnswered(Username User, ContactChange Change, Contact? Contact) : ChatInput;

/// <summary>A person opens a conversation.</summary>
internal sealed record Opened(Username User) : ChatInput;

/// <summary>A person picks a conversation of the list by its place, from 1.</summary>
internal sealed record Picked(int Place) : ChatInput;

/// <summary>Characters were typed.</summary>
internal sealed record Typed(string Text) : ChatInput;

/// <summary>A text was pasted as a whole: its line breaks stay.</summary>
internal sealed record Pasted(string Text) : ChatInput;

/// <summary>A key with a meaning was pressed.</summary>
internal sealed record Pressed(ChatKey Key) : ChatInput;

/// <summary>The wheel was turned; upwards is positive.</summary>
internal sealed record Wheeled(int Rows) : ChatInput;

/// <summary>The terminal has another size.</summary>
internal sealed record Resized(int Width, int Height) : ChatInput;

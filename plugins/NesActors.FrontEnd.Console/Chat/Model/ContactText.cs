using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace NesActors.FrontEnd.Console.Chat.Model;

/// <summary>Contacts in words, made safe for a terminal.</summary>
internal static class ContactText
{
    /// <summary>What stands beside a verified contact.</summary>
    public const string VerifiedMark = "◆";

    /// <summary>How a contact is called where there is room for one name.</summary>
    public static string NameOf(Contact contact) => contact.Alias is { } alias ? TerminalText.Escape(alias) : contact.User.Value;

    /// <summary>The alias, and always the name with it: the name is what was verified.</summary>
    public static string FullNameOf(Contact contact) => contact.Alias is { } alias ? $"{TerminalText.Escape(alias)} ({contact.User})" : contact.User.Value;

    /// <summary>A line for each in the contact list, and where asked for those who are blocked.</summary>
    public static string List(ChatState state, bool withBlocked)
    {
        var listed = ContactList.Of(state);
        var blocked = state.Conversations.Values.Where(conversation => conversation.Contact.Standing == ContactStanding.Blocked).Except(listed).ToArray();
        var lines = listed.Select((conversation, index) => $"{index + 1,2}  {Describe(conversation)}");
        if (withBlocked) lines = lines.Concat(blocked.Select(conversation => $"    {Describe(conversation)}"));
        else if (blocked.Length > 0) lines = lines.Append($"{blocked.Length} blocked: /who all");
        var text = string.Join('\n', lines);
        return text.Length == 0 ? "You have not talked to anybody yet: /chat NAME begins." : text;
    }

    private static string Describe(Conversation conversation)
    {
        var contact = conversation.Contact;
        var parts = new List<string> { FullNameOf(contact), Keys(contact) };
        if (contact.Standing == ContactStanding.Blocked) parts.Add("BLOCKED");
        if (conversation.IsRequest) parts.Add("a request");
        if (conversation.UnreadCount > 0) parts.Add($"{conversation.UnreadCount} unread");
        return string.Join(", ", parts);
    }

    private static string Keys(Contact contact) => contact.Trust switch
    {
        TrustState.Changed => "KEYS CHANGED",
        TrustState.Pinned when contact.IsVerified => $"verified {VerifiedMark}",
        TrustState.Pinned => contact.PinnedBy switch
        {
            PinOrigin.Person => "keys as you accepted them",
            PinOrigin.SignedChange => "keys changed, signed by the old ones",
            PinOrigin.Imported => "keys from a file of contacts",
            _ => "keys as first seen",
        },
        _ => "keys not seen yet",
    };
}

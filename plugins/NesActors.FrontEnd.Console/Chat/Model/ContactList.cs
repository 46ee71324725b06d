using System.Collections.Immutable;
using NesActors.Contracts;

namespace NesActors.FrontEnd.Console.Chat.Model;

/// <summary>Who stands in the contact list: contacts by their names, and below them those who ask to be one. Whoever is blocked stands there only while shown.</summary>
internal static class ContactList
{
    /// <summary>All of them, in the order of the list.</summary>
    public static ImmutableArray<Conversation> Of(ChatState state) => [.. Contacts(state), .. Requests(state)];

    /// <summary>Those who are no strangers.</summary>
    public static IEnumerable<Conversation> Contacts(ChatState state) => state.Conversations.Values.Where(conversation => !conversation.IsRequest && IsListed(conversation, state));

    /// <summary>Strangers who have written.</summary>
    public static IEnumerable<Conversation> Requests(ChatState state) => state.Conversations.Values.Where(conversation => conversation.IsRequest);

    private static bool IsListed(Conversation conversation, ChatState state) =>
        conversation.Contact.User == state.Active || conversation.Contact.Standing == ContactStanding.Accepted
        || (conversation.Contact.Standing == ContactStanding.Stranger && (conversation.WasOpened || conversation.Entries.Count > 0));
}

using NesActors.Contracts;
using NesActors.FrontEnd.Console.Chat.Layout;
using NesActors.FrontEnd.Console.Output;

namespace NesActors.FrontEnd.Console.Chat.Model;

/// <summary>What the session reports, taken into the chat.</summary>
internal static class ChatEvents
{
    /// <summary>The chat after an event.</summary>
    public static ChatStep Apply(ChatState state, MessengerEvent happened) => happened switch
    {
        MessageReceived received => WithReceived(state, received.Message),
        MessageStateChanged changed => WithMessage(state, changed.Message),
        ContactChanged changed => WithTrust(state, changed),
        ConnectionChanged changed => state with { Connection = changed.State, ConnectionDetail = changed.Detail },
        _ => state,
    };

    /// <summary>Takes over what is known of a contact.</summary>
    public static ChatState WithContact(ChatState state, Contact contact)
    {
        var conversation = state.With(contact.User) with { Contact = contact };
        return state.Put(contact.User == state.Active || contact.Unread == 0 ? conversation with { Unread = [] } : conversation);
    }

    private static ChatStep WithReceived(ChatState state, StoredMessage message)
    {
        var isNew = !state.With(message.Contact).Has(message.Id);
        var next = WithMessage(state, message);
        if (!isNew || message.State != MessageState.Received) return next;
        if (message.Contact == state.Active) return ChatStep.Of(next, new MarkRead(message.Contact));
        var conversation = next.With(message.Contact);
        return next.Put(conversation with { Unread = conversation.Unread.Add(message.Id) });
    }

    private static ChatState WithMessage(ChatState state, StoredMessage message)
    {
        var before = state.With(message.Contact);
        var isNew = !before.Has(message.Id);
        var next = state.Put(before.With(message));
        if (!isNew || message.Contact != state.Active || before.Scroll == 0) return next;
        // Who looks at older messages goes on seeing the same rows.
        var added = ConversationRows.CountLast(next, Geometry.Of(next).Width);
        var shown = next.Conversations[message.Contact];
        return next.Put(shown with { Scroll = shown.Scroll + added, NewBelow = shown.NewBelow + 1 });
    }

    private static ChatState WithTrust(ChatState state, ContactChanged changed)
    {
        var was = state.With(changed.Contact.User).Contact;
        var next = WithContact(state, changed.Contact);
        if (was.Trust == TrustState.Unseen && changed.Contact.Trust == TrustState.Pinned && VouchingText.Describe(changed.Contact) is { } notice)
            return next.Put(next.With(changed.Contact.User).WithEntry(new NoticeEntry(changed.At, notice, IsWarning: changed.Contact.Vouched == Vouching.Plain)));
        if (KeyChangeText.Describe(was, changed.Contact) is { } accepted)
            return next.Put(next.With(changed.Contact.User).WithEntry(new NoticeEntry(changed.At, accepted, IsWarning: true)));
        if (SuiteText.Describe(was, changed.Contact) is { } suite)
            return next.Put(next.With(changed.Contact.User).WithEntry(new NoticeEntry(changed.At, suite, IsWarning: SuiteText.IsWarning(was, changed.Contact))));
        if (changed.Contact is not { Trust: TrustState.Changed, Offered: { } offered } contact || was.Offered == offered) return next;
        var warning = new NoticeEntry(changed.At,
            $"The key directory shows other keys for {contact.User} than before. Either {contact.User} made new keys, or somebody pretends to be {contact.User}. " +
            $"Nothing is sent to {contact.User} until you decide: ask them by another way for their fingerprint, then type /trust.", IsWarning: true);
        return next.Put(next.With(contact.User).WithEntry(warning));
    }
}

using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace NesActors.FrontEnd.Console.Chat.Model;

/// <summary>What a person decides about the contact whose conversation is shown.</summary>
internal static class ChatDecisions
{
    /// <summary>Runs a command that is about the shown contact.</summary>
    public static ChatStep Run(ChatState state, string command, string argument, DateTimeOffset now)
    {
        if (state.Shown is not { Contact: var contact }) return state.Tell(now, $"{command} is about the conversation that is shown: /chat NAME opens one.");
        return command switch
        {
            "/trust" => ChatTrust.Run(state, contact, argument, now),
            "/verify" => ChatVerify.Run(state, contact, argument, now),
            "/accept" => Ask(state, contact.User, new ContactChange.Accept()),
            "/block" => Ask(state, contact.User, new ContactChange.Block()),
            "/unblock" => Ask(state, contact.User, new ContactChange.Unblock()),
            "/alias" => Rename(state, contact.User, argument, now),
            "/receipts" => ChatReceipts.Run(state, contact, argument, now),
            "/forget" => Forget(state, contact.User, argument, now),
            _ => throw new ArgumentException($"{command} decides nothing about a contact.", nameof(command)),
        };
    }

    /// <summary>Tells what came of it.</summary>
    public static ChatState Answered(ChatState state, ContactAnswered answer, DateTimeOffset now)
    {
        if (answer.Contact is not { } contact) return state.Tell(now, Refusal(answer.User, answer.Change), isWarning: true);
        return answer.Change is ContactChange.Forget
            ? Forgotten(state, answer.User, now)
            : ChatEvents.WithContact(state, contact).Tell(now, Success(contact, answer.Change));
    }

    private static ChatStep Ask(ChatState state, Username user, ContactChange change) => ChatStep.Of(state, new ChangeContact(user, change));

    private static ChatStep Rename(ChatState state, Username user, string alias, DateTimeOffset now)
    {
        if (alias.Length == 0) return Ask(state, user, new ContactChange.Rename(null));
        return ContactChange.Rename.ProblemOf(alias, user, state.Conversations.ContainsKey) is { } problem
            ? state.Tell(now, $"Not renamed: {problem}.")
            : Ask(state, user, new ContactChange.Rename(alias));
    }

    private static ChatStep Forget(ChatState state, Username user, string argument, DateTimeOffset now) =>
        argument.Equals(user.Value, StringComparison.OrdinalIgnoreCase)
            ? Ask(state, user, new ContactChange.Forget())
            : state.Tell(now, $"This deletes all messages with {user} here, and forgets their keys: the next keys seen are believed again. If you mean it, type /forget {user}", isWarning: true);

    private static ChatState Forgotten(ChatState state, Username user, DateTimeOffset now)
    {
        var without = state with { Conversations = state.Conversations.Remove(user), Active = state.Active == user ? null : state.Active };
        return (state.Active == user ? without with { Input = InputText.Empty } : without).Tell(now, $"All that was known of {user} is forgotten.");
    }

    private static string Success(Contact contact, ContactChange change) => change switch
    {
        ContactChange.Accept => $"{contact.User} is one of your contacts now: what arrives is confirmed to {contact.User}.",
        ContactChange.Block => $"{contact.User} is blocked: what {contact.User} sends is dropped, and nothing tells {contact.User}. /unblock takes it back.",
        ContactChange.Unblock => contact.Standing == ContactStanding.Accepted ? $"{contact.User} is unblocked." : $"{contact.User} is unblocked, and a stranger again.",
        ContactChange.Rename { Alias: { } alias } => $"{contact.User} is shown as {TerminalText.Escape(alias)}.",
        ContactChange.Rename => $"{contact.User} is shown by that name.",
        ContactChange.AcceptKeys => $"The new keys of {contact.User} are accepted. What failed meanwhile is not sent again by itself. Compare the safety number: /verify",
        ContactChange.Verify { IsVerified: true } => $"{contact.User} is verified, as long as the keys are these.",
        ContactChange.Verify => $"{contact.User} is not verified any more.",
        ContactChange.SendReadReceipts or ContactChange.SendDeliveryReceipts => ChatReceipts.Describe(contact),
        _ => $"{contact.User} is changed.",
    };

    private static string Refusal(Username user, ContactChange change) => change switch
    {
        ContactChange.AcceptKeys => $"Not accepted: other keys are on offer for {user} by now. Look at them again: /trust",
        ContactChange.Verify => $"Not marked: {user} has other keys by now. Look at the number again: /verify",
        ContactChange.Forget => $"Not forgotten: a message to {user} still waits to go out.",
        _ => $"This cannot be done about {user} now.",
    };
}

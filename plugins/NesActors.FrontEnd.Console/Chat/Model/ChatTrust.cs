using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.FrontEnd.Console.Chat.Model;

/// <summary>Seeing and accepting a contact's keys.</summary>
internal static class ChatTrust
{
    /// <summary>Runs <c>/trust</c>: shows the fingerprints, or accepts those on offer where enough of them was typed.</summary>
    public static ChatStep Run(ChatState state, Contact contact, string argument, DateTimeOffset now)
    {
        if (argument.Length == 0) return state.Tell(now, Show(contact), contact.Trust == TrustState.Changed);
        if (contact.Offered is not { } offered) return state.Tell(now, $"There is nothing to accept: {contact.User} has no other keys than those you know.");
        if (Fingerprint.ReadTyped(argument) is not { } typed)
            return state.Tell(now, $"Type at least the first {Fingerprint.MinTyped} digits of the new fingerprint, as {contact.User} told you.");
        return offered.Value.StartsWith(typed, StringComparison.Ordinal)
            ? ChatStep.Of(state, new ChangeContact(contact.User, new ContactChange.AcceptKeys(offered)))
            : state.Tell(now, $"Not accepted: the keys on offer for {contact.User} have another fingerprint than the one you typed.", isWarning: true);
    }

    private static string Show(Contact contact) => contact switch
    {
        { Trust: TrustState.Changed, Pinned: { } pinned, Offered: { } offered } =>
            $"Keys of {contact.User} that you know:\n  {Groups(pinned)}\nKeys that the directory shows now:\n  {Groups(offered)}\n" +
            $"Ask {contact.User} by another way (by telephone, face to face) for the fingerprint. If it is the second one, type /trust and what they told you, {Fingerprint.MinTyped} digits of it at least.",
        { Pinned: { } pinned } => $"Keys of {contact.User}:\n  {Groups(pinned)}\nCompare them with what {contact.User} says by another way, or rather the safety number: /verify",
        _ => $"No keys of {contact.User} were seen yet: they are looked up when the first message goes or comes.",
    };

    /// <summary>In two rows of the same length, to be compared by eye.</summary>
    private static string Groups(Fingerprint fingerprint) => string.Join("\n  ", fingerprint.ToGroups().Split(' ').Chunk(8).Select(groups => string.Join(' ', groups)));
}

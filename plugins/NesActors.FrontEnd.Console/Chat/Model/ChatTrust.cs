using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.FrontEnd.Console.Chat.Model;

/// <summary>Seeing and accepting a contact's keys.</summary>
internal static class ChatTrust
{
    /// <summary>Digits that must be typed: fewer could be found by trying keys until they begin alike.</summary>
    private const int MinDigits = 16;

    /// <summary>Runs <c>/trust</c>: shows the fingerprints, or accepts those on offer where enough of them was typed.</summary>
    public static ChatStep Run(ChatState state, string argument, DateTimeOffset now)
    {
        if (state.Shown is not { Contact: var contact }) return state.Tell(now, "/trust is about the conversation that is shown: /chat NAME opens one.");
        if (argument.Length == 0) return state.Tell(now, Show(contact), contact.Trust == TrustState.Changed);
        if (contact.Offered is not { } offered) return state.Tell(now, $"There is nothing to accept: {contact.User} has no other keys than those you know.");
        var typed = string.Concat(argument.Where(character => !char.IsWhiteSpace(character))).ToLowerInvariant();
        if (typed.Length < MinDigits) return state.Tell(now, $"Type at least the first {MinDigits} digits of the new fingerprint, as {contact.User} told you.");
        return offered.Value.StartsWith(typed, StringComparison.Ordinal)
            ? ChatStep.Of(state, new AcceptKeys(contact.User, offered))
            : state.Tell(now, $"Not accepted: the keys on offer for {contact.User} have another fingerprint than the one you typed.", isWarning: true);
    }

    /// <summary>Tells how accepting went.</summary>
    public static ChatState Answered(ChatState state, TrustAnswered answer, DateTimeOffset now) => answer.IsAccepted
        ? state.Tell(now, $"The new keys of {answer.User} are accepted. What failed meanwhile is not sent again by itself.")
        : state.Tell(now, $"Not accepted: other keys are on offer for {answer.User} by now. Look at them again: /trust", isWarning: true);

    private static string Show(Contact contact) => contact switch
    {
        { Trust: TrustState.Changed, Pinned: { } pinned, Offered: { } offered } =>
            $"Keys of {contact.User} that you know:\n  {Groups(pinned)}\nKeys that the directory shows now:\n  {Groups(offered)}\n" +
            $"Ask {contact.User} by another way (by telephone, face to face) for the fingerprint. If it is the second one, type /trust and what they told you, {MinDigits} digits of it at least.",
        { Pinned: { } pinned } => $"Keys of {contact.User}:\n  {Groups(pinned)}\nCompare them with what {contact.User} says by another way.",
        _ => $"No keys of {contact.User} were seen yet: they are looked up when the first message goes or comes.",
    };

    /// <summary>In two rows of the same length, to be compared by eye.</summary>
    private static string Groups(Fingerprint fingerprint) => string.Join("\n  ", fingerprint.ToGroups().Split(' ').Chunk(8).Select(groups => string.Join(' ', groups)));
}

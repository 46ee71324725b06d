using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Console.Output;

namespace NesActors.FrontEnd.Console.Chat.Model;

/// <summary>The commands that begin with a slash.</summary>
internal sealed class ChatCommands(TimeProvider clock)
{
    private const string Help = """
        /chat NAME     talk with somebody       /who [all]  contacts; the blocked too
        /accept, /block  take a stranger as a contact, or drop what comes; /unblock
        /verify        see the safety number; /verify yes, no, or the other's digits
        /trust [FINGERPRINT]  see changed keys, or accept them by their fingerprint
        /alias [TEXT]  call somebody otherwise  /forget     messages, keys and all
        /receipts      what they are told; /receipts read|delivery on|off|default
        /status        connection and counters  /help       this
        //text         a text that begins so    /quit       leave (Ctrl-C too)
        Enter sends; Ctrl-J, Alt-Enter: another line; pasted text keeps its lines.
        Up, Down: what you typed before. PgUp, PgDn, wheel: older; Ctrl-End: newest.
        Ctrl-N, Ctrl-P, Alt-1 to Alt-9, a click: another conversation. F2: contacts.
        Marks: … waiting, ✓ at the broker, ✓✓ delivered, ✓✓ read (if told),
        ✗ failed, ? nobody can know; ◆ a verified contact, ! changed keys.
        Shift and the mouse select text.
        """;

    /// <summary>Runs a command.</summary>
    /// <param name="state">The chat, the command no longer in its input.</param>
    /// <param name="line">The command as typed.</param>
    public ChatStep Run(ChatState state, string line)
    {
        var words = line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var argument = words.Length > 1 ? words[1] : "";
        return words[0].ToLowerInvariant() switch
        {
            "/help" or "/?" => state.Tell(clock.GetUtcNow(), Help),
            "/chat" => Chat(state, argument),
            "/who" or "/contacts" => state.Tell(clock.GetUtcNow(), ContactText.List(state, withBlocked: argument.Equals("all", StringComparison.OrdinalIgnoreCase))),
            "/accept" or "/block" or "/unblock" or "/alias" or "/trust" or "/verify" or "/receipts" or "/forget" =>
                ChatDecisions.Run(state, words[0].ToLowerInvariant(), argument, clock.GetUtcNow()),
            "/status" => ChatStep.Of(state, new AskStatus()),
            "/quit" or "/exit" => ChatStep.Of(state, new Leave()),
            var unknown => state.Tell(clock.GetUtcNow(), $"There is no command {TerminalText.Escape(unknown)}; /help lists them. A text that begins with a slash is sent with two: //text"),
        };
    }

    /// <summary>The state of the session, for a person.</summary>
    public static string Describe(MessengerStatus status)
    {
        var dropped = status.Dropped.Where(drop => drop.Value > 0).Select(drop => $"{drop.Key.ToCode()} {drop.Value}").ToArray();
        return $"{status.Me}: {ConnectionText.Describe(status.Connection, status.Detail)}; {status.Queued} waiting to go out, {status.Spooled} arrived and not looked through, " +
            $"{status.Received} received, dropped: {(dropped.Length == 0 ? "none" : string.Join(", ", dropped))}";
    }

    private ChatStep Chat(ChatState state, string name)
    {
        // People write names with capitals; the network does not.
        return Username.TryParse(name.ToLowerInvariant(), out var user)
            ? ChatContacts.Open(state, user)
            : state.Tell(clock.GetUtcNow(), "/chat needs a name: 3 to 32 characters of a-z, 0-9, _ and -.");
    }
}

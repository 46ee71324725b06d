using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.PluginContracts.FrontEnd;

namespace ChatHost;

/// <summary>What happens in the session, beside what the person does.</summary>
internal static class Script
{
    private static readonly Fingerprint Known = new(string.Concat(Enumerable.Repeat("0123456789abcdef", 4)));
    private static readonly Fingerprint Offered = new(string.Concat(Enumerable.Repeat("fedcba9876543210", 4)));

    /// <summary>Fills the history as CHAT_SCRIPT says, and lets everybody answer what they are sent.</summary>
    public static void Apply(ScriptedMessenger messenger, TimeProvider clock)
    {
        var bob = Username.Parse("bob");
        switch (Environment.GetEnvironmentVariable("CHAT_SCRIPT"))
        {
            case "history":
                for (var number = 1; number <= 250; number++) Remember(messenger, clock, bob, number);
                break;
            case "changed":
                messenger.Change(new Contact(bob, TrustState.Pinned, Known, null, 0) { Standing = ContactStanding.Accepted });
                messenger.Change(new Contact(bob, TrustState.Changed, Known, Offered, 0) { Standing = ContactStanding.Accepted });
                messenger.Receive(bob, "it is me, honestly", underChangedKey: true);
                break;
            case "requests":
                messenger.Change(new Contact(bob, TrustState.Pinned, Known, null, 0) { Standing = ContactStanding.Accepted });
                Request(messenger, "mallory", "buy my things");
                Request(messenger, "trudy", "click here \u001b[31m");
                break;
            case "offline":
                messenger.Change(ConnectionState.Reconnecting, "no route to \u001b[31mhost");
                messenger.Carry = message => message;
                break;
            default:
                messenger.Carry = Carry;
                break;
        }
        messenger.Sent = sent => Answer(messenger, clock, sent);
    }

    private static void Request(ScriptedMessenger messenger, string name, string text)
    {
        var stranger = Username.Parse(name);
        messenger.Change(new Contact(stranger, TrustState.Pinned, Known, null, 0));
        messenger.Receive(stranger, text, isRequest: true);
    }

    private static StoredMessage Carry(StoredMessage message) => message.Text switch
    {
        "fail" => message with { State = MessageState.Failed, Failure = SendFailure.UnknownUser },
        "lose" => message with { State = MessageState.Unknown },
        "wait" => message,
        _ => message with { State = MessageState.Published },
    };

    private static void Answer(ScriptedMessenger messenger, TimeProvider clock, StoredMessage sent)
    {
        switch (sent.Text)
        {
            case "fail" or "lose" or "wait":
                break;
            case "others":
                messenger.Receive(Username.Parse("carol"), "hello from carol");
                messenger.Receive(Username.Parse("carol"), "are you there?");
                messenger.Receive(Username.Parse("dave"), "dave here");
                break;
            case "hostile":
                messenger.Receive(sent.Contact, "\u001b]0;owned\u0007\u001b[2Jcleared\r\u202Eevil\n[12:00:00] carol > fake");
                break;
            case "crash":
                throw new InvalidOperationException("The test wants the session to break.");
            default:
                messenger.Receive(sent.Contact, "echo: " + sent.Text, clock.GetUtcNow());
                break;
        }
    }

    private static void Remember(ScriptedMessenger messenger, TimeProvider clock, Username contact, int number)
    {
        var at = clock.GetUtcNow() - TimeSpan.FromMinutes(20 * (251 - number));
        var direction = number % 3 == 0 ? MessageDirection.Outgoing : MessageDirection.Incoming;
        var state = direction == MessageDirection.Outgoing ? MessageState.Published : MessageState.Read;
        messenger.Remember(new StoredMessage(MessageId.New(clock), contact, direction, at, at, $"message number {number}", state));
    }
}

using NesActors.Contracts;

namespace NesActors.FrontEnd.Console.Chat.Model;

/// <summary><c>/receipts</c>: whether the shown contact is told what has arrived, and what was read.</summary>
internal static class ChatReceipts
{
    /// <summary>Runs the command.</summary>
    public static ChatStep Run(ChatState state, Contact contact, string argument, DateTimeOffset now) => argument.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) switch
    {
        [] => state.Tell(now, Describe(contact)),
        ["read", "on" or "off" or "default"] words => Ask(state, contact, new ContactChange.SendReadReceipts(ChoiceOf(words[1]))),
        ["delivery", "on" or "off" or "default"] words => Ask(state, contact, new ContactChange.SendDeliveryReceipts(ChoiceOf(words[1]))),
        _ => state.Tell(now, "/receipts shows them; /receipts read or /receipts delivery, each with on, off or default, changes them."),
    };

    /// <summary>What the contact is told.</summary>
    public static string Describe(Contact contact) => contact.DeliveryReceipts == false
        ? $"{contact.User} is told neither what has arrived nor what you have read; their client may send it again for 30 days."
        : $"{contact.User} is told what has arrived{Setting(contact.DeliveryReceipts, "DELIVERY_RECEIPTS")}, and is {(contact.ReadReceipts == false ? "not " : "")}told what you have read{Setting(contact.ReadReceipts, "READ_RECEIPTS")}.";

    private static ChatStep Ask(ChatState state, Contact contact, ContactChange change) => ChatStep.Of(state, new ChangeContact(contact.User, change));

    private static bool? ChoiceOf(string word) => word switch { "on" => true, "off" => false, _ => null };

    private static string Setting(bool? decided, string setting) => decided is null ? $" where the setting {setting} says so" : "";
}

using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.FrontEnd.Console.Chat.Model;

/// <summary>Comparing safety numbers.</summary>
internal static class ChatVerify
{
    /// <summary>Runs <c>/verify</c>: shows the safety number, compares it with what was typed, or takes down what the person found.</summary>
    public static ChatStep Run(ChatState state, Contact contact, string argument, DateTimeOffset now)
    {
        if (state.MyKeys is not { } mine || contact.Pinned is not { } theirs)
            return state.Tell(now, $"No keys of {contact.User} were seen yet: they are looked up when the first message goes or comes.");
        var number = SafetyNumber.Of(state.Me, mine, contact.User, theirs);
        return argument.ToLowerInvariant() switch
        {
            "" => state.Tell(now, Show(contact, number)),
            "yes" => Mark(state, contact.User, theirs, isVerified: true),
            "no" => Mark(state, contact.User, theirs, isVerified: false),
            var typed when !SafetyNumber.TryParse(typed, out _) => state.Tell(now, $"/verify takes yes, no, or the {SafetyNumber.Length} digits that {contact.User} sees."),
            var typed when SafetyNumber.TryParse(typed, out var other) && other == number => Mark(state, contact.User, theirs, isVerified: true),
            _ => state.Tell(now, $"THE NUMBERS DIFFER. Either one of you mistook a digit, or somebody sits between you and {contact.User}, or one of you has changed keys. " +
                "Believe nothing and send nothing secret here until you know.", isWarning: true),
        };
    }

    private static ChatStep Mark(ChatState state, Username user, Fingerprint keys, bool isVerified) =>
        ChatStep.Of(state, new ChangeContact(user, new ContactChange.Verify(keys, isVerified)));

    private static string Show(Contact contact, SafetyNumber number)
    {
        var rows = string.Join("\n  ", number.ToGroups().Split(' ').Chunk(4).Select(groups => string.Join(' ', groups)));
        return $"Your safety number with {contact.User}{(contact.IsVerified ? ", which you have compared" : "")}:\n  {rows}\n" +
            $"Compare it with what {contact.User} sees, face to face or by telephone. Are all {SafetyNumber.Length} digits the same, type /verify yes. (nes contacts verify {contact.User} shows it as a QR code.)";
    }
}

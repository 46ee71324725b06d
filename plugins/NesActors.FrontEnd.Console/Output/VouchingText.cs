using NesActors.Contracts;

namespace NesActors.FrontEnd.Console.Output;

/// <summary>How far a contact's keys are vouched for when they are seen for the first time, in words for a person.</summary>
internal static class VouchingText
{
    /// <returns><see langword="null"/> where nobody vouches and nobody could: the keys come from a folder or a file of the person's own.</returns>
    public static string? Describe(Contact contact) => contact.Vouched switch
    {
        _ when contact.PinnedBy != PinOrigin.FirstSeen => null,
        Vouching.Plain => $"keys of {contact.User} seen for the first time; the key directory does not prove that they are {contact.User}'s: compare safety numbers: nes contacts verify {contact.User}",
        Vouching.Proved => $"keys of {contact.User} seen for the first time, proved by the key directory",
        _ => null,
    };
}

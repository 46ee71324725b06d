using NesActors.Contracts;

namespace NesActors.FrontEnd.Console.Output;

/// <summary>What a change of a contact's pinned keys means, in words for a person.</summary>
internal static class KeyChangeText
{
    /// <summary>The notice for keys that were accepted without asking the person.</summary>
    /// <param name="was">The contact before.</param>
    /// <param name="now">The contact after.</param>
    /// <returns><see langword="null"/> where the person decided, or nothing changed.</returns>
    public static string? Describe(Contact was, Contact now)
    {
        if (was.Pinned is not { } before || now is not { Pinned: { } pinned, PinnedBy: PinOrigin.SignedChange } || before == pinned) return null;
        return $"the keys of {now.User} have changed; the old ones signed the new ones, so they were accepted (KEY_CHANGES){(was.IsVerified ? $"; {now.User} is verified no longer" : "")}";
    }
}

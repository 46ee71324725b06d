using NesActors.Contracts;

namespace NesActors.Cli.Commands.Contacts;

/// <summary>What an alias may be.</summary>
internal static class AliasRule
{
    /// <summary>Says what is wrong with an alias.</summary>
    /// <param name="alias">The alias.</param>
    /// <param name="user">Whose it shall be.</param>
    /// <param name="known">All names that are known.</param>
    /// <returns><see langword="null"/> where nothing is.</returns>
    public static string? Problem(string alias, Username user, IEnumerable<Username> known)
    {
        if (!ContactChange.Rename.IsValid(alias)) return $"an alias has 1 to {ContactChange.Rename.MaxLength} characters on one line, and no blank at its ends";
        // Whoever is called like somebody else would be taken for them.
        return Username.TryParse(alias.ToLowerInvariant(), out var other) && other != user && known.Contains(other) ? $"an alias cannot be another contact's name: {other}" : null;
    }
}

using NesActors.Cli.Settings;

namespace NesActors.Cli.Hosting;

/// <summary>The entries of a user's key store.</summary>
internal static class IdentityEntries
{
    /// <summary>The statement that revokes the user's keys: kept here, and better elsewhere too.</summary>
    public const string Revocation = "revocation";

    /// <summary>All that there may be: what the settings name, and the revocation.</summary>
    public static IReadOnlyList<string> All(NesSettings settings) => [.. settings.KeyFiles.Keys, Revocation];
}

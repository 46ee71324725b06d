using NesActors.Cli.Settings;
using NesActors.Contracts.Crypto;
using NesActors.Core.Protection;

namespace NesActors.Cli.Hosting;

/// <summary>The entries of a user's key store.</summary>
internal static class IdentityEntries
{
    /// <summary>The message key from before the last change, for what was still under way.</summary>
    public const string PreviousMessage = "rsa-message-previous";

    /// <summary>The statement that revokes the user's keys: kept here, and better elsewhere too.</summary>
    public const string Revocation = KeyringKeyStore.Revocation;

    private const string NextPrefix = "next-";

    /// <summary>All that there may be: what the settings name, what a change of keys leaves or has not finished, the revocation, and what suites have.</summary>
    /// <param name="settings">Whose they are.</param>
    /// <param name="suites">The entries of all suites that are installed, whichever is in use.</param>
    public static IReadOnlyList<string> All(NesSettings settings, IEnumerable<string> suites) =>
        [.. settings.KeyFiles.Keys.Append(PreviousMessage).Concat(settings.KeyFiles.Keys.Select(NextOf)).Append(Revocation).Concat(suites).Distinct(StringComparer.Ordinal)];

    /// <summary>The entries that a suite has for itself alone: not those that the settings name, which are suite nes1's.</summary>
    public static IReadOnlyList<string> OfSuite(NesSettings settings, ICryptoSuite suite) => [.. suite.KeyEntries.Except(settings.KeyFiles.Keys).Except([PreviousMessage])];

    /// <summary>The entry of the key that is to take another's place.</summary>
    public static string NextOf(string name) => NextPrefix + name;

    /// <summary>The files of entries that do not lie where others do, by their names.</summary>
    public static IReadOnlyDictionary<string, string> Files(NesSettings settings) => settings.KeyFiles
        .Concat(settings.KeyFiles.Select(file => KeyValuePair.Create(NextOf(file.Key), file.Value + ".next")))
        .Append(KeyValuePair.Create(Keyring.Entry, settings.KeyringFile))
        .ToDictionary(StringComparer.Ordinal);
}

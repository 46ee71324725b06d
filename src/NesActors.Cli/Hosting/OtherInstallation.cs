using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.Suites;

namespace NesActors.Cli.Hosting;

/// <summary>
/// Keeps one installation of a user from taking the place of another's keys for a suite, by itself and each hour: contacts would see changed keys again and again. Two installations that share the RSA keys and not
/// those of other suites are no mistake of the user's: a session made the latter.
/// </summary>
/// <param name="keeper">Publishes.</param>
/// <param name="directory">Where it does.</param>
/// <param name="suite">Reads what is there.</param>
internal sealed class OtherInstallation(IRecordKeeper keeper, IKeyDirectorySource directory, JoinedSuite suite) : IRecordKeeper
{
    private string? _published;

    /// <inheritdoc/>
    public async Task<RenewalResult> RenewAsync(PublicRecord mine, CancellationToken cancellation)
    {
        var said = string.Join('|', mine.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value));
        if (said != _published && await FindAsync(mine, cancellation) is { } other)
            return new RenewalResult.Failed($"{Describe(mine, other)}, or let yours take their place (nes keys publish --force, or nes keys export-public for a folder)");
        var result = await keeper.RenewAsync(mine, cancellation);
        if (result is RenewalResult.Kept) _published = said;
        return result;
    }

    /// <summary>Looks whether keys of another installation are there.</summary>
    /// <returns>The suite that they are for; null where there are none.</returns>
    public async Task<string?> FindAsync(PublicRecord mine, CancellationToken cancellation) =>
        await directory.LookUpAsync(mine.User, cancellation) is LookupResult.Found found ? OthersIn(found.Record, mine) : null;

    /// <summary>Tells a person of them, and how to get them.</summary>
    public static string Describe(PublicRecord mine, string suite) =>
        $"there are other keys of {mine.User} for suite {suite} already, of another installation: bring those here (nes backup there, nes restore here)";

    /// <summary>A suite for which the record there has keys that are not these, and that have not expired.</summary>
    private string? OthersIn(PublicRecord there, PublicRecord mine)
    {
        try
        {
            using var shown = suite.ReadPeer(there);
            using var here = suite.ReadPeer(mine);
            if (shown.Fingerprint != here.Fingerprint) return null;
            var own = JoinedSuite.OffersIn(here);
            return JoinedSuite.OffersIn(shown).FirstOrDefault(offer => offer.IsFresh && own.Any(each => each.Suite == offer.Suite && each.Keys != offer.Keys))?.Suite;
        }
        catch (KeyException)
        {
            // The keeper tells what is wrong with it.
            return null;
        }
    }
}

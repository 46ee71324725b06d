using NesActors.Cli.Hosting;
using NesActors.Cli.Settings;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Owner;
using NesActors.Plugins;
using NesActors.Records;

namespace NesActors.Cli.Doctor;

/// <summary>What the user says for suites: at the directory as it is here, and good for a while. A session sees to both by itself.</summary>
internal sealed class StatementChecks(NesSettings settings, SessionFactory factory, TimeProvider clock)
{
    private const string Check = "statement";

    /// <summary>What is renewed when half of its time is over has more left, unless no session ran for days.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromDays(5);

    /// <summary>Looks.</summary>
    /// <param name="there">The record that others get.</param>
    /// <param name="mine">The user's own.</param>
    public IEnumerable<Finding> Run(PublicRecord there, PublicRecord mine) => AreSameKeys(there, mine) ? SuitesOf(mine).Select(suite => Judge(suite, there, mine)) : [];

    /// <summary>Whether the directory has these keys, and lacks what the user says for a suite.</summary>
    public static bool IsMissing(PublicRecord there, PublicRecord mine) =>
        SuitesOf(mine).Any(suite => !there.Entries.ContainsKey(PublicRecord.StatementOf(suite))) && AreSameKeys(there, mine);

    /// <summary>The suites of which a record says something.</summary>
    public static IReadOnlyList<string> SuitesOf(PublicRecord record) =>
        [.. record.Entries.Keys.Select(entry => SuiteStatements.IsEntry(entry, out var suite) ? suite : null).OfType<string>().Order(StringComparer.Ordinal)];

    private Finding Judge(string suite, PublicRecord there, PublicRecord mine)
    {
        var entry = PublicRecord.StatementOf(suite);
        if (!there.Entries.TryGetValue(entry, out var text)) return Warning($"{settings.Provider} does not have what {settings.User} says for suite {suite}: nobody can write to you by it");
        if (text != mine.Entries[entry]) return Warning($"{settings.Provider} has something older than is here of what {settings.User} says for suite {suite}");
        return UsableUntil(suite, there) is { } until && until - clock.GetUtcNow() < Soon
            ? Warning($"what {settings.User} says for suite {suite} is good until {until:yyyy-MM-dd} only: after that nobody can write to you by it")
            : Finding.Ok(Check, $"{settings.Provider} has what {settings.User} says for suite {suite}");
    }

    private Finding Warning(string message) => Finding.Warning(Check, message, settings.Provider.IsFile
        ? $"nes keys export-public -u {settings.User} --out {settings.Provider.LocalPath}, or start a session: nes listen"
        : "start a session: nes listen; where one runs, nes status tells what hinders it");

    private DateTimeOffset? UsableUntil(string suite, PublicRecord there)
    {
        try
        {
            using var peer = factory.Catalog.Suite(suite).ReadPeer(there);
            return peer.UsableUntil;
        }
        catch (Exception error) when (error is PluginException or KeyException)
        {
            // Another check tells what is wrong with a suite, or with keys.
            return null;
        }
    }

    private static bool AreSameKeys(PublicRecord there, PublicRecord mine)
    {
        try
        {
            return OwnerKeys.DigestsOf(there) == OwnerKeys.DigestsOf(mine);
        }
        catch (KeyException)
        {
            return false;
        }
    }
}

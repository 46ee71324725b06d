using NesActors.Cli.Hosting;
using NesActors.Cli.Settings;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.KeyDirectory.Owner;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Core.Storage.State;
using NesActors.Core.Suites;

namespace NesActors.Cli.Doctor;

/// <summary>The key directory: reachable, rightly signed, with the user's own keys, and of the same time as this machine.</summary>
internal sealed class DirectoryChecks(NesSettings settings, CliEnvironment environment, SessionFactory factory)
{
    private const string Check = "directory";

    /// <summary>Further apart than this, messages are shown as out of time.</summary>
    private static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan NoticeableSkew = TimeSpan.FromSeconds(30);

    /// <summary>Looks.</summary>
    /// <param name="mine">The user's own keys; <see langword="null"/> where they cannot be used.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<Finding>> RunAsync(PublicRecord? mine, CancellationToken cancellation)
    {
        // A look leaves no trace: there is something to remember only where a session has run.
        using var state = System.IO.Directory.Exists(settings.StateFolder) ? factory.State() : null;
        IKeyDirectorySource source;
        try
        {
            source = factory.Directory(state is null ? new VolatileDirectoryMemory() : state);
        }
        catch (Exception error) when (error is CliException or KeyException)
        {
            var code = (error as CliException)?.ExitCode ?? ExitCode.Untrusted;
            return [Finding.Error(Check, code, error.Message, $"get directory.pub from whoever runs it: -P FILE ({SettingKeys.ProviderKey.Name})")];
        }

        using var disposable = source as IDisposable;
        var result = await source.LookUpAsync(settings.User, cancellation);
        var findings = new List<Finding> { Judge(result, mine) };
        if (result is LookupResult.Found found && mine is not null && MayCarryStatements(found)) findings.AddRange(new StatementChecks(settings, factory, environment.Clock).Run(found.Record, mine));
        if (source is not HttpKeyDirectory http) return findings;
        findings.AddRange(await JudgeStandingAsync(http, cancellation));
        if (await http.Owner(settings.User).RecoveryAsync(cancellation) is RecoveryResult.Found recovery) findings.Add(JudgeRecovery(recovery.Recovery, mine));
        if (http.IsExposed) findings.Add(Finding.Warning(Check, $"{http.Address} is plain http: others on the way see whose keys you ask for", "choose an https address with -p URL"));
        if (findings[0].Code != ExitCode.Network && await http.ReadClockAsync(cancellation) is { } time) findings.Add(JudgeClock(time));
        return findings;
    }

    // Who asked for no better suite misses none at a directory of the original's kind.
    private bool MayCarryStatements(LookupResult.Found found) => found.Vouched != Vouching.Plain || settings.Suite != JoinedSuite.Auto;

    /// <summary>What cannot be trusted or reached was said of the look-up already.</summary>
    private static async Task<IEnumerable<Finding>> JudgeStandingAsync(HttpKeyDirectory http, CancellationToken cancellation)
    {
        try
        {
            return await http.StandingAsync(cancellation) switch
            {
                DirectoryStanding.Plain => [Finding.Warning(
                    Check, $"{http.Address} does not prove whose keys it gives out: that you pin the first keys you see is the only defence",
                    "compare fingerprints with your contacts (/trust in a chat), or choose a directory that proves its records with -p URL")],
                DirectoryStanding.Proving proving => [Finding.Ok(Check, $"{http.Address} proves its records; its id is {proving.Directory}")],
                _ => [],
            };
        }
        catch (StateException error)
        {
            return [Finding.Error("state", ExitCode.Usage, error.Message, "mend it before anything is sent")];
        }
    }

    private static Finding JudgeRecovery(PendingRecovery recovery, PublicRecord? mine)
    {
        var when = recovery.After is { } after ? $"from {after.ToLocalTime():yyyy-MM-dd HH:mm} on other keys count" : "the link in the mail was not followed yet";
        return mine is not null && OwnerKeys.DigestsOf(mine) == recovery.Keys
            ? Finding.Ok("recovery", $"{recovery.User} is being recovered to the keys that are here: {when}")
            : Finding.Warning("recovery", $"somebody asked for {recovery.User} to be recovered to other keys: {when}", $"if that is not you: nes recover --veto -u {recovery.User}");
    }

    private Finding Judge(LookupResult result, PublicRecord? mine) => result switch
    {
        LookupResult.Found when mine is null => Finding.Ok(Check, $"{settings.Provider} has keys of {settings.User}"),
        LookupResult.Found found => Compare(found.Record, mine),
        LookupResult.NotFound => Finding.Error(
            Check, ExitCode.NotFound, $"{settings.Provider} does not know {settings.User}, or not yet: nobody can write to you",
            $"nes register -u {settings.User} -e YOUR@EMAIL, then open the link in the mail"),
        LookupResult.Revoked => Finding.Error(
            Check, ExitCode.NotFound, $"{settings.Provider}: {result}: nobody can write to you", $"make keys with nes generate --force -u {settings.User}, then nes recover -u {settings.User}"),
        LookupResult.Deleted => Finding.Error(
            Check, ExitCode.NotFound, $"{settings.Provider}: {result}: nobody can write to you", "choose another name with -u NAME and register that"),
        LookupResult.Untrusted untrusted => Finding.Error(
            Check, ExitCode.Untrusted, untrusted.Detail, $"check the directory's public key: -P FILE ({SettingKeys.ProviderKey.Name}); if it is right, somebody is between you and it"),
        LookupResult.Unavailable unavailable => Finding.Error(Check, ExitCode.Network, unavailable.Detail, "check the address and the network, or choose another directory with -p URL"),
        _ => throw new InvalidOperationException($"{result.GetType().Name} is no result of a look-up."),
    };

    private Finding Compare(PublicRecord there, PublicRecord mine)
    {
        // What is missing is told by itself; that the keys are not usable for want of it is no news.
        if (StatementChecks.IsMissing(there, mine)) return Finding.Ok(Check, $"{settings.Provider} is rightly signed and has your keys");
        var suite = factory.Suites.Reading();
        try
        {
            using var here = suite.ReadPeer(mine);
            using var registered = suite.ReadPeer(there);
            if (here.Fingerprint == registered.Fingerprint) return JudgeUse(registered);
            return Finding.Error(
                Check, ExitCode.Untrusted, $"{settings.Provider} has other keys of {settings.User} than yours: messages to you cannot be opened here",
                $"if the name is yours: nes recover -u {settings.User} (at a directory that proves nothing, delete the old registration by the link in its mail); if not, choose another name");
        }
        catch (KeyException error)
        {
            return Finding.Error(Check, ExitCode.Untrusted, $"{settings.Provider} has unusable keys of {settings.User}: {error.Message}", "delete the registration (link in the mail) and register again");
        }
    }

    private Finding JudgeUse(IPeerIdentity mine) => JoinedSuite.OffersIn(mine).FirstOrDefault(offer => !offer.IsFresh) is { UsableUntil: { } until }
        ? Finding.Error(
            Check, ExitCode.NotFound, $"what {settings.Provider} has of {settings.User} expired on {until:yyyy-MM-dd}: nobody can write to you",
            settings.Provider.IsFile ? $"nes keys export-public -u {settings.User} --out {settings.Provider.LocalPath}" : "start a session: nes listen")
        : Finding.Ok(Check, $"{settings.Provider} is rightly signed and has your keys{SuitesIn(mine)}");

    private static string SuitesIn(IPeerIdentity mine) => string.Join(", ", JoinedSuite.OffersIn(mine).Where(offer => offer.IsTaken).Select(offer => offer.Suite)) is { Length: > 0 } suites ? $", also for suite {suites}" : "";

    private Finding JudgeClock(DateTimeOffset time)
    {
        var skew = (environment.Clock.GetUtcNow() - time).Duration();
        var message = $"this machine's clock is {skew.TotalSeconds:0} s away from the directory's";
        if (skew > MaxSkew) return Finding.Error("clock", ExitCode.Usage, $"{message}: others see your messages as out of time", "set the clock, by NTP for instance");
        return skew > NoticeableSkew ? Finding.Warning("clock", message, "set the clock, by NTP for instance") : Finding.Ok("clock", "this machine and the directory have the same time");
    }
}

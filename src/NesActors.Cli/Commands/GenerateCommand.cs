using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Keys;
using NesActors.Core.Suites;

namespace NesActors.Cli.Commands;

/// <summary><c>nes generate</c>: makes the user's keys.</summary>
internal static class GenerateCommand
{
    public static Command Create(CommandContext context)
    {
        var size = new Option<int>("--size", "-s") { HelpName = "BITS", Description = "Size of the keys, 2048 to 8192", DefaultValueFactory = _ => 2048 };
        size.Between(2048, 8192, "bits");
        var force = new Option<bool>("--force") { Description = "Replace keys that are there: what was sent to them can then never be read" };
        var quiet = CommonOptions.Quiet();
        var command = new Command("generate", "Generate private and public keys pair") { size, force, quiet, context.Options.Json };
        return context.Bind(command, (run, cancellation) =>
        {
            Generate(run, run.Get(size), run.Get(force), run.Get(quiet), cancellation);
            return Task.FromResult(ExitCode.Done);
        });
    }

    private static void Generate(Invocation run, int size, bool force, bool quiet, CancellationToken cancellation)
    {
        var session = run.Session();
        var suite = session.Suite();
        var own = IdentityEntries.OfSuite(run.Settings, suite);
        var makesAll = own.Count == 0 || run.Settings.Suite == JoinedSuite.Auto;
        if (!force && makesAll && run.Settings.KeyFiles.Values.Append(run.Settings.KeyringFile).FirstOrDefault(File.Exists) is { } there) throw AlreadyThere(there);

        // A suite with keys of its own, alone, adds them to those that are there.
        var keys = session.Keys(keepExisting: !force);
        if (!force && own.FirstOrDefault(name => KeyEntry.IsThere(keys, name)) is { } entry) throw AlreadyThere(session.PlaceOf(entry));
        var progress = quiet ? null : new ErrorLines(run.Error);
        try
        {
            suite.GenerateKeys(run.Settings.User, keys, new KeyGenerationOptions(size, progress), cancellation);
        }
        catch (KeyException) when (!force && run.Settings.KeyFiles.Values.FirstOrDefault(File.Exists) is { } meanwhile)
        {
            throw AlreadyThere(meanwhile);
        }
        using var identity = session.Identity(suite);
        // What is to be registered, a first prekey for instance, is made when it is first asked for.
        _ = identity.PublicRecord;
        if (quiet) return;
        List<string> made = [.. run.Settings.KeyFiles.Keys.Concat(own).Where(name => KeyEntry.IsThere(session.Keys(), name))];
        run.Tell(
            [
                "Keys generated successfully.",
                .. made.Select(name => $"  {session.PlaceOf(name)}{(FileKeyStore.IsSecret(name) ? "  (keep it to yourself)" : "")}"),
                $"Fingerprint of {run.Settings.User}: {identity.Fingerprint.ToGroups()}",
                Next(run, identity.PublicRecord),
            ],
            ("user", run.Settings.User.Value), ("fingerprint", identity.Fingerprint.Value), ("files", made.Select(session.PlaceOf).Distinct()));
    }

    /// <summary>A key directory takes what has RSA keys.</summary>
    private static string Next(Invocation run, PublicRecord made) => (run.Settings.Provider.IsFile, made.Entries.ContainsKey(PublicRecord.SignKey)) switch
    {
        (true, _) => $"Next: nes keys export-public -u {run.Settings.User} --out {run.Settings.Provider.LocalPath}",
        (false, true) => $"Next: nes register -u {run.Settings.User} -e YOUR@EMAIL",
        _ => $"Next: nes keys export-public -u {run.Settings.User} --suite {run.Settings.Suite} --out FOLDER, which others name by -p file:///FOLDER: key directories do not take keys of this suite",
    };

    private static CliException AlreadyThere(string file) =>
        CliException.Usage($"there is a key already: {file}; --force replaces it, and what was sent to it can then never be read");
}

using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Keys;

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
        var command = new Command("generate", "Generate private and public keys pair") { size, force, quiet };
        return context.Bind(command, (run, cancellation) =>
        {
            Generate(run, run.Get(size), run.Get(force), run.Get(quiet), cancellation);
            return Task.FromResult(ExitCode.Done);
        });
    }

    private static void Generate(Invocation run, int size, bool force, bool quiet, CancellationToken cancellation)
    {
        var session = run.Session();
        if (!force && run.Settings.KeyFiles.Values.Append(run.Settings.KeyringFile).FirstOrDefault(File.Exists) is { } there) throw AlreadyThere(there);

        var keys = session.Keys(keepExisting: !force);
        var suite = session.Suite();
        var progress = quiet ? null : new ErrorLines(run.Error);
        try
        {
            suite.GenerateKeys(run.Settings.User, keys, new KeyGenerationOptions(size, progress), cancellation);
        }
        catch (KeyException) when (!force && run.Settings.KeyFiles.Values.FirstOrDefault(File.Exists) is { } meanwhile)
        {
            throw AlreadyThere(meanwhile);
        }
        if (quiet) return;
        using var identity = session.Identity(suite);
        run.Out.WriteLine("Keys generated successfully.");
        foreach (var name in run.Settings.KeyFiles.Keys) run.Out.WriteLine($"  {session.PlaceOf(name)}{(FileKeyStore.IsSecret(name) ? "  (keep it to yourself)" : "")}");
        run.Out.WriteLine($"Fingerprint of {run.Settings.User}: {identity.Fingerprint.ToGroups()}");
        run.Out.WriteLine($"Next: nes register -u {run.Settings.User} -e YOUR@EMAIL");
    }

    private static CliException AlreadyThere(string file) =>
        CliException.Usage($"there is a key already: {file}; --force replaces it, and what was sent to it can then never be read");
}

using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Keys;
using NesActors.Core.Protection;
using NesActors.Core.Suites;

namespace NesActors.Cli.Commands.AtRest;

/// <summary><c>nes keys</c>: which keys lie where, and what protects them; below it, what changes that. Asks for no passphrase.</summary>
internal static class KeysCommand
{
    public static Command Create(CommandContext context)
    {
        var json = CommonOptions.Json();
        var command = new Command("keys", "Show your keys and how they are protected, or change that") { json };
        command.Add(ProtectCommand.Create(context));
        command.Add(UnprotectCommand.Create(context));
        command.Add(ChangePassphraseCommand.Create(context));
        command.Add(ExportLegacyCommand.Create(context));
        command.Add(ExportPublicCommand.Create(context));
        command.Add(PublishCommand.Create(context));
        command.Add(WithdrawCommand.Create(context));
        return context.Bind(command, (run, _) =>
        {
            var keys = Find(run).ToList();
            if (keys.Count == 0) throw CliException.NotFound($"{run.Settings.User} has no keys; make some with: nes generate -u {run.Settings.User}");
            if (run.Get(json)) keys.ForEach(key => run.Out.WriteLine(JsonLine.Of(("key", key.Name), ("protection", key.Protection), ("file", key.File))));
            else TextTable.Write(run.Out, ["KEY", "PROTECTION", "FILE"], keys.Select(key => new[] { key.Name, key.Protection, key.File }));
            foreach (var (suite, fingerprint) in FingerprintsOf(run))
            {
                var name = suite is null ? "identity" : $"identity-{suite}";
                run.Out.WriteLine(run.Get(json)
                    ? JsonLine.Of(("key", name), ("protection", "public"), ("fingerprint", fingerprint.Value))
                    : $"Fingerprint{(suite is null ? "" : $" for suite {suite}")}, for contacts to compare: {fingerprint.ToGroups()}");
            }
            return Task.FromResult(ExitCode.Done);
        });
    }

    /// <summary>Those of the public halves, which takes no passphrase; none where one is missing. That which contacts pin is the last, and without a suite's name.</summary>
    private static IEnumerable<(string? Suite, Fingerprint Fingerprint)> FingerprintsOf(Invocation run)
    {
        var session = run.Session();
        if (!PublicHalves.Names.All(name => File.Exists(session.Files().PathOf(name)))) return [];
        try
        {
            using var mine = session.Suite().ReadPeer(PublicHalves.Read(session.Files(), run.Settings, session.Suites.Stating()));
            return [.. JoinedSuite.OffersIn(mine).Select(offer => ((string?)offer.Suite, offer.Keys)), (null, mine.Fingerprint)];
        }
        catch (KeyException error)
        {
            run.Error.WriteLine($"notice: there is no fingerprint for suite {run.Settings.Suite}: {error.Message}");
            return [];
        }
    }

    private static IEnumerable<StoredKey> Find(Invocation run)
    {
        var session = run.Session();
        if (session.IsProtected) yield return new StoredKey("private keys", "passphrase", session.PlaceOf(Keyring.Entry));
        foreach (var name in session.Entries())
        {
            if (session.Files().PathOf(name) is var file && File.Exists(file)) yield return new StoredKey(name, FileKeyStore.IsSecret(name) ? "none" : "public", file);
        }
        if (session.Protection().StoreKey is { } store) yield return new StoredKey("store key", store.IsInTheClear ? "none" : "passphrase", store.File);
    }

    private sealed record StoredKey(string Name, string Protection, string File);
}

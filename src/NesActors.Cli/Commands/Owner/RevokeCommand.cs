using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.KeyDirectory.Owner;
using NesActors.Core.KeyDirectory.Trust;

namespace NesActors.Cli.Commands.Owner;

/// <summary><c>nes revoke</c>: the user's keys are in wrong hands, or lost.</summary>
internal static class RevokeCommand
{
    private const int MaxStatement = 64 * 1024;

    public static Command Create(CommandContext context)
    {
        var statement = new Option<string>("--statement") { HelpName = "FILE", Description = "The revocation that was made when you registered; without it your sign key is used, or the revocation beside your keys" };
        var consent = new Consent();
        var command = new Command("revoke", "Say that your keys are in wrong hands or lost: nobody uses them any more") { statement, context.Options.Json };
        consent.AddTo(command);
        return context.Bind(command, async (run, cancellation) =>
        {
            var given = run.Get(statement) is { } file ? Read(Path.GetFullPath(file)) : null;
            using var own = OwnSession.Open(run, given is null ? run.Settings : run.SettingsOf(given.User));
            var revocation = given ?? await FindAsync(own, cancellation);
            if (await own.Directory.StandingAsync(cancellation) is DirectoryStanding.Proving proving && proving.Directory != revocation.Directory)
                throw CliException.Usage($"the revocation is for another key directory: {revocation.Address}");
            consent.Require(run, $"This revokes the keys of {revocation.User} at {own.Directory.Address}. Nobody can write to you until you recover the name by e-mail.", revocation.User.Value);
            var words = (await own.Owner.RevokeAsync(revocation.Signature, cancellation)).Require("use the deletion link from its mail: nes unregister URL");
            run.Tell(
                [words, $"To use the name again: nes generate --force -u {revocation.User}, then nes recover -u {revocation.User}"],
                ("user", revocation.User.Value), ("revoked", true), ("answer", words));
            return ExitCode.Done;
        });
    }

    private static async Task<RevocationStatement> FindAsync(OwnSession own, CancellationToken cancellation)
    {
        using var signKey = OwnerKeys.ReadSignKey(own.Factory.Keys());
        if (signKey is null)
        {
            return own.Factory.Keys().Read(IdentityEntries.Revocation) is { } kept
                ? Parse(kept, own.Factory.PlaceOf(IdentityEntries.Revocation))
                : throw CliException.NotFound($"{own.Settings.User} has neither a sign key nor a revocation here; give the revocation with --statement FILE, or delete the name by the link of the mail: nes unregister URL");
        }
        return await own.Directory.StandingAsync(cancellation) switch
        {
            DirectoryStanding.Proving proving => RevocationStatement.Make(own.Settings.User, proving.Directory, own.Directory.Address, signKey),
            DirectoryStanding.Plain => throw new CliException(ExitCode.Refused, "this key directory is of the original's kind and cannot do that; use the deletion link from its mail: nes unregister URL"),
            DirectoryStanding.Untrusted untrusted => throw new CliException(ExitCode.Untrusted, untrusted.Detail),
            DirectoryStanding.Unavailable unavailable => throw new CliException(ExitCode.Network, unavailable.Detail),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is no standing of a directory."),
        };
    }

    private static RevocationStatement Read(string file)
    {
        if (!File.Exists(file)) throw CliException.NotFound($"there is no file {file}");
        if (new FileInfo(file).Length > MaxStatement) throw CliException.Usage($"{file} is no revocation: it is too large");
        return Parse(File.ReadAllBytes(file), file);
    }

    private static RevocationStatement Parse(byte[] content, string file) =>
        RevocationStatement.TryRead(content) ?? throw CliException.Usage($"{file} is no revocation");
}

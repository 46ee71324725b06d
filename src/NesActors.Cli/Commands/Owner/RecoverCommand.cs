using System.CommandLine;
using System.Globalization;
using NesActors.Cli.Hosting;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.KeyDirectory.Owner;
using NesActors.Records;

namespace NesActors.Cli.Commands.Owner;

/// <summary><c>nes recover</c>: the keys that are here take the place of lost ones, by e-mail and after 72 hours; or the owner of the present keys stops that.</summary>
internal static class RecoverCommand
{
    public static Command Create(CommandContext context)
    {
        var status = new Option<bool>("--status") { Description = "Change nothing; tell how far a recovery of the name has come" };
        var veto = new Option<bool>("--veto") { Description = "Stop a recovery that is not yours, by the present sign key" };
        var command = new Command("recover", "Get your name back after you lost its keys: by e-mail, with 72 hours in which the old key can stop it") { status, veto, context.Options.Json };
        command.Checks(result =>
        {
            if (result.GetValue(status) && result.GetValue(veto)) result.AddError("--status and --veto are two different things");
        });
        return context.Bind(command, async (run, cancellation) =>
        {
            using var own = OwnSession.Open(run);
            if (run.Get(status)) return await StatusAsync(run, own, cancellation);
            if (run.Get(veto)) return await VetoAsync(run, own, cancellation);
            return await RequestAsync(run, own, cancellation);
        });
    }

    private static async Task<int> RequestAsync(Invocation run, OwnSession own, CancellationToken cancellation)
    {
        var user = own.Settings.User;
        var suite = own.RsaSuite();
        if (!own.Factory.HasPrivateKeys)
            suite.GenerateKeys(user, own.Factory.Keys(keepExisting: true), new KeyGenerationOptions(Progress: new ErrorLines(run.Error)), cancellation);

        using var identity = own.Factory.Identity(suite);
        using var signKey = own.SignKey($"make keys with: nes generate -u {user}");
        if (await own.ShowsAsync(identity.PublicRecord, cancellation))
            throw CliException.Usage($"the key directory shows the keys of {user} that are here: nothing is lost; to change them: nes rotate -u {user}");
        (await own.Owner.RequestRecoveryAsync(identity.PublicRecord, signKey, cancellation)).Require($"delete {user} by the link of its mail, and choose another name");
        await own.KeepRevocationAsync(signKey, cancellation);
        var hash = Digest.Of(signKey.PublicKey);
        run.Tell(
            [
                $"If there is a {user}, the key directory sends a mail to the address of its registration. Open its link within 24 hours (or: nes activate URL).",
                "72 hours after that the keys that are here count, unless the owner of the old ones stops it.",
                $"The mail names the new sign key by its hash, which must be {hash}",
                $"How far it is: nes recover --status -u {user}   Fingerprint of the new keys: {identity.Fingerprint.ToGroups()}",
            ],
            ("user", user.Value), ("state", "requested"), ("sign_key", hash.ToString()), ("fingerprint", identity.Fingerprint.Value));
        return ExitCode.Done;
    }

    private static async Task<int> StatusAsync(Invocation run, OwnSession own, CancellationToken cancellation)
    {
        if (await FindAsync(own, cancellation) is not { } recovery)
        {
            run.Tell([$"no recovery of {own.Settings.User} is under way"], ("user", own.Settings.User.Value), ("state", "none"));
            return ExitCode.Done;
        }
        run.Tell(
            [
                recovery.After is { } after
                    ? $"a recovery of {recovery.User} is confirmed: from {after.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} on the new keys count"
                    : $"a recovery of {recovery.User} was asked for; the link in the mail was not followed yet",
                $"its sign key: {recovery.Keys.Sign}",
                $"if that is not you: nes recover --veto -u {recovery.User}",
            ],
            ("user", recovery.User.Value), ("state", recovery.IsConfirmed ? "confirmed" : "requested"), ("after", recovery.After), ("sign_key", recovery.Keys.Sign.ToString()));
        return ExitCode.Done;
    }

    private static async Task<int> VetoAsync(Invocation run, OwnSession own, CancellationToken cancellation)
    {
        using var signKey = own.SignKey("without it, use the second link of the mail: nes activate URL");
        var recovery = await FindAsync(own, cancellation) ?? throw CliException.NotFound($"no recovery of {own.Settings.User} is under way");
        var words = (await own.Owner.VetoAsync(recovery.Keys, signKey, cancellation)).Require("there is nothing to stop");
        run.Tell([words], ("user", recovery.User.Value), ("state", "stopped"), ("answer", words));
        return ExitCode.Done;
    }

    private static async Task<PendingRecovery?> FindAsync(OwnSession own, CancellationToken cancellation) => await own.Owner.RecoveryAsync(cancellation) switch
    {
        RecoveryResult.Found found => found.Recovery,
        RecoveryResult.None => null,
        RecoveryResult.Plain => throw new CliException(ExitCode.Refused, "this key directory is of the original's kind and knows no recovery"),
        RecoveryResult.Untrusted untrusted => throw new CliException(ExitCode.Untrusted, untrusted.Detail),
        RecoveryResult.Unavailable unavailable => throw new CliException(ExitCode.Network, unavailable.Detail),
        var other => throw new InvalidOperationException($"{other.GetType().Name} is no result of asking for a recovery."),
    };
}

using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.KeyDirectory.Owner;
using NesActors.Core.Keys;

namespace NesActors.Cli.Commands.Owner;

/// <summary><c>nes rotate</c>: new keys in the place of the present ones, signed by both. Broken off, it goes on when it is run again.</summary>
internal static class RotateCommand
{
    private const string OnPlain = "delete the name by the link of its mail and choose another, or stay with these keys";

    public static Command Create(CommandContext context)
    {
        var size = new Option<int>("--size", "-s") { HelpName = "BITS", Description = "Size of the new keys, 2048 to 8192", DefaultValueFactory = _ => 2048 };
        size.Between(2048, 8192, "bits");
        var forget = new Option<bool>("--forget-previous") { Description = "Change nothing; erase the message key from before the last change, which still opens what was under way then" };
        var command = new Command("rotate", "Change your keys: the old ones sign for the new ones, which contacts can check") { size, forget, context.Options.Json };
        return context.Bind(command, async (run, cancellation) =>
        {
            using var own = OwnSession.Open(run);
            if (!run.Get(forget))
            {
                await RotateAsync(run, own, run.Get(size), cancellation);
                return ExitCode.Done;
            }
            NextKeys.ForgetPrevious(own.Factory.Keys());
            run.Tell([], ("user", own.Settings.User.Value), ("previous", false));
            return ExitCode.Done;
        });
    }

    private static async Task RotateAsync(Invocation run, OwnSession own, int size, CancellationToken cancellation)
    {
        var suite = own.RsaSuite();
        var keys = own.Factory.Keys();
        var next = new NextKeys(keys, [.. own.Settings.KeyFiles.Keys]);
        if (next.AreThere) run.Error.WriteLine("going on with the keys that were made before");
        else Generate(run, own, suite, next, size, cancellation);

        using var identity = suite.LoadIdentity(own.Settings.User, next.Store, run.Environment.Clock);
        using var nextSignKey = OwnerKeys.ReadSignKey(next.Store)!;
        if (!await own.ShowsAsync(identity.PublicRecord, cancellation)) await ChangeAsync(own, identity.PublicRecord, next, nextSignKey, cancellation);
        next.PutInPlace();
        var revocation = await own.KeepRevocationAsync(nextSignKey, cancellation);
        // Else contacts of a better suite could not write until a session does it.
        await own.PublishAsync(run, cancellation);

        run.Tell(
            [
                $"The keys of {own.Settings.User} are changed. Fingerprint: {identity.Fingerprint.ToGroups()}",
                "Contacts see that your old key signed for the new one; tell them the fingerprint by another way all the same.",
                "A session that runs (listen, chat, serve) has to be started again. What was under way to the old key can still be read; nes rotate --forget-previous ends that.",
                revocation is null ? null : $"The revocation of the new keys is {revocation}: keep a copy where your keys are not. The old one is worth nothing now.",
            ],
            ("user", own.Settings.User.Value), ("fingerprint", identity.Fingerprint.Value), ("previous", true), ("revocation", revocation));
    }

    private static async Task ChangeAsync(OwnSession own, PublicRecord record, NextKeys next, Rsa.RsaPrivateKey nextSignKey, CancellationToken cancellation)
    {
        using var present = own.SignKey($"if it is lost: nes recover -u {own.Settings.User}");
        var result = await own.Owner.ChangeKeysAsync(record, present, nextSignKey, cancellation);
        // What certainly was not done leaves nothing behind; where that is not known, the new keys may be those that count now.
        if (result is OwnerResult.Plain or OwnerResult.Refused or OwnerResult.NoSuchUser) next.Erase();
        result.Require(OnPlain);
    }

    private static void Generate(Invocation run, OwnSession own, ICryptoSuite suite, NextKeys next, int size, CancellationToken cancellation)
    {
        using (own.Factory.Identity(suite)) { }
        suite.GenerateKeys(own.Settings.User, next.Store, new KeyGenerationOptions(size, new ErrorLines(run.Error)), cancellation);
    }
}

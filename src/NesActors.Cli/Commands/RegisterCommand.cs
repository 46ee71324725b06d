using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.KeyDirectory.Owner;
using NesActors.Rsa;

namespace NesActors.Cli.Commands;

/// <summary><c>nes register</c>: gives the key directory the user's public keys, and says what happens next.</summary>
internal static class RegisterCommand
{
    /// <summary>How long an activation link works.</summary>
    private static readonly TimeSpan ActivationTime = TimeSpan.FromHours(24);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public static Command Create(CommandContext context)
    {
        var email = new Option<string>("--email", "-e") { Required = true, HelpName = "ADDR", Description = "Where the directory sends the link that activates the name" };
        var wait = new Option<bool>("--wait") { Description = "Wait until the name is active; a link that is not opened within 24 hours ends that" };
        var quiet = CommonOptions.Quiet();
        var command = new Command("register", "Register username at PubKey Service") { email, wait, quiet, context.Options.Json };
        return context.Bind(command, (run, cancellation) => RunAsync(run, run.Get(email)!, run.Get(wait), run.Get(quiet), cancellation));
    }

    private static async Task<int> RunAsync(Invocation run, string email, bool wait, bool quiet, CancellationToken cancellation)
    {
        var settings = run.Settings;
        if (settings.Provider.IsFile) throw CliException.Usage($"{settings.Provider} is a folder: nobody registers there; put your public keys into it with: nes keys export-public --out {settings.Provider.LocalPath}");
        using var own = OwnSession.Open(run);
        var keys = PublicKeys(own.Factory, own.RsaSuite(), settings);
        using var signKey = own.Factory.HasPrivateKeys ? OwnerKeys.ReadSignKey(own.Factory.Keys()) : null;

        if (await SendAsync(own, email, keys, signKey, cancellation) is { } isMineAlready)
        {
            if (!quiet) run.Tell([isMineAlready], ("user", settings.User.Value), ("registered", "before"));
            await own.PublishAsync(run, cancellation);
            return ExitCode.Done;
        }
        var active = await own.ShowsAsync(keys, cancellation);
        var revocation = signKey is null ? null : await own.KeepRevocationAsync(signKey, cancellation);
        if (!quiet) Tell(run, email, active, revocation);
        if (wait && !active) active = await WaitAsync(run, own, keys, quiet, cancellation);
        // Where it is not active yet, the first session does.
        if (active) await own.PublishAsync(run, cancellation);
        return active || !wait ? ExitCode.Done : throw new CliException(ExitCode.NotFound, $"{settings.User} was not activated within 24 hours, and the link is over; register again");
    }

    /// <returns>What to say where the name is the user's already; null where it was registered now.</returns>
    private static async Task<string?> SendAsync(OwnSession own, string email, PublicRecord keys, RsaPrivateKey? signKey, CancellationToken cancellation)
    {
        var user = own.Settings.User;
        return await own.Directory.RegisterAsync(user, email, keys, signKey, cancellation) switch
        {
            RegistrationResult.Registered => null,
            RegistrationResult.Refused { Reason: "user already exist" } refused when await own.ShowsAsync(keys, cancellation) =>
                $"{user} is registered with these keys already ({refused.Reason}).",
            RegistrationResult.Refused refused => throw new CliException(ExitCode.Refused, $"the key directory refused {user}: {refused.Reason}{Advice(refused.Reason)}"),
            RegistrationResult.Untrusted untrusted => throw new CliException(ExitCode.Untrusted, $"{untrusted.Detail}; nothing was sent to it; check the directory's public key: -P FILE"),
            RegistrationResult.Unavailable unavailable =>
                throw new CliException(ExitCode.Network, $"the key directory did not take the registration: {unavailable.Detail}; try again, or choose another with -p URL"),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is no result of a registration."),
        };
    }

    private static void Tell(Invocation run, string email, bool active, string? revocation)
    {
        var user = run.Settings.User;
        run.Tell(
            [
                active ? "username registered. It is active at once." : "username registered. check email for activation.",
                active ? null : $"Next: the directory sends a mail to {email}. Open its activation link within 24 hours, or: nes activate URL; until then nobody can write to {user}.",
                revocation is null ? null : $"Should these keys ever be lost or stolen, {revocation} revokes them (nes revoke --statement FILE): keep a copy where your keys are not.",
                $"Then: nes listen -u {user}   (nes doctor -u {user} tells whether all is well)",
            ],
            ("user", user.Value), ("registered", "now"), ("active", active), ("revocation", revocation));
    }

    private static async Task<bool> WaitAsync(Invocation run, OwnSession own, PublicRecord keys, bool quiet, CancellationToken cancellation)
    {
        if (!quiet) run.Error.WriteLine("waiting until it is active; Ctrl-C stops waiting and nothing else ...");
        var clock = run.Environment.Clock;
        var until = clock.GetUtcNow() + ActivationTime;
        while (clock.GetUtcNow() < until)
        {
            await Task.Delay(Pause, clock, cancellation);
            if (!await own.ShowsAsync(keys, cancellation)) continue;
            if (!quiet) run.Tell([$"{own.Settings.User} is active."], ("user", own.Settings.User.Value), ("active", true));
            return true;
        }
        return false;
    }

    /// <summary>From the private keys where they are here, which shows that the pairs fit; else from the public halves alone, as in the original.</summary>
    private static PublicRecord PublicKeys(SessionFactory session, ICryptoSuite suite, Settings.NesSettings settings)
    {
        if (session.HasPrivateKeys)
        {
            using var identity = session.Identity(suite);
            return identity.PublicRecord;
        }
        var record = PublicHalves.Read(session.Files(), settings, session.Suites.Stating());
        using var check = suite.ReadPeer(record);
        return record;
    }

    private static string Advice(string reason) => reason switch
    {
        "user already exist" => "; choose another name with -u NAME",
        "username validation error" => "; choose another name with -u NAME",
        "email validation error" => "; give an address like me@example.org with -e",
        "key belongs to another user" => "; make keys of your own with: nes generate",
        "both public keys are identical" or "decode key error" => "; make keys with: nes generate",
        _ => "",
    };
}

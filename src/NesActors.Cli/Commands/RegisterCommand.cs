using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.KeyDirectory.Owner;
using NesActors.Core.KeyDirectory.Sources;

namespace NesActors.Cli.Commands;

/// <summary><c>nes register</c>: gives the key directory the user's public keys, and says what happens next.</summary>
internal static class RegisterCommand
{
    public static Command Create(CommandContext context)
    {
        var email = new Option<string>("--email", "-e") { Required = true, HelpName = "ADDR", Description = "Where the directory sends the link that activates the name" };
        var quiet = CommonOptions.Quiet();
        var command = new Command("register", "Register username at PubKey Service") { email, quiet };
        return context.Bind(command, (run, cancellation) => RunAsync(run, run.Get(email)!, run.Get(quiet), cancellation));
    }

    private static async Task<int> RunAsync(Invocation run, string email, bool quiet, CancellationToken cancellation)
    {
        var settings = run.Settings;
        var session = new SessionFactory(settings, run.Environment, run.Logging);
        using var state = session.State();
        using var directory = session.Directory(state) as HttpKeyDirectory
            ?? throw CliException.Usage($"{settings.Provider} is a folder: nobody registers there; copy your two .pub files into it");
        var suite = session.Suite();
        var keys = PublicKeys(session, suite, settings);

        using var signKey = File.Exists(settings.KeyFiles[OwnerKeys.SignKey]) ? OwnerKeys.ReadSignKey(session.Keys()) : null;
        var result = await directory.RegisterAsync(settings.User, email, keys, signKey, cancellation);
        switch (result)
        {
            case RegistrationResult.Registered:
                break;
            case RegistrationResult.Refused { Reason: "user already exist" } refused when await IsMineAsync(directory, suite, keys, cancellation):
                if (!quiet) run.Out.WriteLine($"{settings.User} is registered with these keys already ({refused.Reason}).");
                return ExitCode.Done;
            case RegistrationResult.Refused refused:
                throw new CliException(ExitCode.Refused, $"the key directory refused {settings.User}: {refused.Reason}{Advice(refused.Reason)}");
            case RegistrationResult.Untrusted untrusted:
                throw new CliException(ExitCode.Untrusted, $"{untrusted.Detail}; nothing was sent to it; check the directory's public key: -P FILE");
            case RegistrationResult.Unavailable unavailable:
                throw new CliException(ExitCode.Network, $"the key directory did not take the registration: {unavailable.Detail}; try again, or choose another with -p URL");
            default:
                throw new InvalidOperationException($"{result.GetType().Name} is no result of a registration.");
        }

        if (quiet) return ExitCode.Done;
        var active = await IsMineAsync(directory, suite, keys, cancellation);
        run.Out.WriteLine(active ? "username registered. It is active at once." : "username registered. check email for activation.");
        if (!active)
        {
            run.Out.WriteLine($"Next: the directory sends a mail to {email}. Open its activation link within 24 hours; until then nobody can write to {settings.User}.");
        }
        run.Out.WriteLine($"Then: nes listen -u {settings.User}   (nes doctor -u {settings.User} tells whether all is well)");
        return ExitCode.Done;
    }

    /// <summary>From the private keys where they are here, which shows that the pairs fit; else from the public halves alone, as in the original.</summary>
    private static PublicRecord PublicKeys(SessionFactory session, ICryptoSuite suite, Settings.NesSettings settings)
    {
        if (File.Exists(settings.KeyFiles["rsa-message"]) || File.Exists(settings.KeyFiles["rsa-sign"]))
        {
            using var identity = session.Identity(suite);
            return identity.PublicRecord;
        }
        var record = PublicHalves.Read(session.Keys(), settings);
        using var check = suite.ReadPeer(record);
        return record;
    }

    private static async Task<bool> IsMineAsync(HttpKeyDirectory directory, ICryptoSuite suite, PublicRecord mine, CancellationToken cancellation)
    {
        if (await directory.LookUpAsync(mine.User, cancellation) is not LookupResult.Found found) return false;
        using var here = suite.ReadPeer(mine);
        try
        {
            using var there = suite.ReadPeer(found.Record);
            return here.Fingerprint == there.Fingerprint;
        }
        catch (KeyException)
        {
            return false;
        }
    }

    private static string Advice(string reason) => reason switch
    {
        "user already exist" => "; choose another name with -u NAME",
        "username validation error" => "; choose another name with -u NAME",
        "email validation error" => "; give an address like me@example.org with -e",
        "both public keys are identical" or "decode key error" => "; make keys with: nes generate",
        _ => "",
    };
}

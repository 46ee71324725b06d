using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.KeyDirectory.Owner;

namespace NesActors.Cli.Commands.Owner;

/// <summary><c>nes unregister</c>: takes the name out of the key directory, by the sign key or by the link of the mail.</summary>
internal static class UnregisterCommand
{
    public static Command Create(CommandContext context)
    {
        var link = new Argument<string?>("URL") { Arity = ArgumentArity.ZeroOrOne, Description = "The deletion link from the mail; without it your sign key proves that you may" };
        var consent = new Consent();
        var command = new Command("unregister", "Delete your name from the key directory; nobody will ever have it again") { link, context.Options.Json };
        consent.AddTo(command);
        return context.Bind(command, async (run, cancellation) =>
        {
            using var own = OwnSession.Open(run);
            var words = run.Get(link) is { } text
                ? await ByLinkAsync(run, own, MailLink.Parse(text), consent, cancellation)
                : await ByKeyAsync(run, own, consent, cancellation);
            run.Tell([words, "Your keys are still here; what was sent to you before can still be read with them."], ("deleted", true), ("answer", words));
            return ExitCode.Done;
        });
    }

    private static async Task<string> ByKeyAsync(Invocation run, OwnSession own, Consent consent, CancellationToken cancellation)
    {
        using var signKey = own.SignKey("without it, use the deletion link from the mail: nes unregister URL");
        consent.Require(run, $"This deletes {own.Settings.User} from {own.Directory.Address}. Nobody can write to you under this name any more, and nobody will ever have it again, you neither.", own.Settings.User.Value);
        return (await own.Owner.DeleteAsync(signKey, cancellation)).Require("use the deletion link from its mail: nes unregister URL");
    }

    private static async Task<string> ByLinkAsync(Invocation run, OwnSession own, Uri link, Consent consent, CancellationToken cancellation)
    {
        var known = await MailLink.LookAsync(own, link, cancellation);
        if (known is { Action: not LinkAction.Delete }) throw CliException.Usage($"this link does not delete {known.User}; follow it with: nes activate URL");
        var user = known?.User ?? own.Settings.User;
        consent.Require(run, $"This deletes {user} from {own.Directory.Address} for ever.", user.Value);
        return (await own.Directory.Links.FollowAsync(link, cancellation)).Require("open the link in a browser");
    }
}

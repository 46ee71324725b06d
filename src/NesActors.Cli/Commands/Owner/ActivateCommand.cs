using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.KeyDirectory.Owner;

namespace NesActors.Cli.Commands.Owner;

/// <summary><c>nes activate</c>: follows a link of the directory's mail without a browser. One that deletes is not followed here.</summary>
internal static class ActivateCommand
{
    public static Command Create(CommandContext context)
    {
        var link = new Argument<string>("URL") { Description = "The link from the mail: it activates a name, or confirms or stops a recovery" };
        var command = new Command("activate", "Follow a link from the key directory's mail") { link, context.Options.Json };
        return context.Bind(command, async (run, cancellation) =>
        {
            using var own = OwnSession.Open(run);
            var address = MailLink.Parse(run.Get(link)!);
            var known = await MailLink.LookAsync(own, address, cancellation);
            if (known?.Action == LinkAction.Delete) throw CliException.Usage($"this link deletes {known.User} for ever; if that is what you want: nes unregister URL");
            var words = (await own.Directory.Links.FollowAsync(address, cancellation)).Require("open the link in a browser");
            run.Tell(
                [words, known?.Action == LinkAction.Recover ? $"In 72 hours the new keys of {known.User} count, unless the owner of the old ones stops it. How far it is: nes recover --status -u {known.User}" : null],
                ("user", known?.User.Value), ("action", known?.Action.ToString().ToLowerInvariant()), ("answer", words));
            return ExitCode.Done;
        });
    }
}

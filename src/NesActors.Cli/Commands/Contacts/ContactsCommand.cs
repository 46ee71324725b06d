using System.CommandLine;

namespace NesActors.Cli.Commands.Contacts;

/// <summary><c>nes contacts</c>: whom the person knows, whose keys are believed, and who may write. Needs no session, and works beside one.</summary>
internal static class ContactsCommand
{
    public static Command Create(CommandContext context)
    {
        var command = ListContactsCommand.Bind(new Command("contacts", "Show contacts, and decide about them: whose keys are believed, who may write"), context);
        command.Add(ListContactsCommand.Bind(new Command("list", "Show your contacts; those who wait to be accepted with --requests"), context));
        command.Add(ShowContactCommand.Create(context));
        command.Add(StandingCommands.Accept(context));
        command.Add(StandingCommands.Block(context));
        command.Add(StandingCommands.Unblock(context));
        command.Add(AliasCommand.Create(context));
        command.Add(ReceiptsCommand.Create(context));
        command.Add(TrustCommand.Create(context));
        command.Add(VerifyCommand.Create(context));
        command.Add(ForgetContactCommand.Create(context));
        command.Add(ExportContactsCommand.Create(context));
        command.Add(ImportContactsCommand.Create(context));
        return command;
    }
}

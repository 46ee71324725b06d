using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using NesActors.Cli.Commands.AtRest;
using NesActors.Cli.Commands.Bench;
using NesActors.Cli.Commands.Contacts;
using NesActors.Cli.Commands.Gateway;
using NesActors.Cli.Commands.Owner;
using NesActors.Cli.Commands.Send;

namespace NesActors.Cli.Commands;

/// <summary>The tree of commands.</summary>
internal static class NesCommand
{
    /// <summary>Makes it.</summary>
    public static RootCommand Create(CliEnvironment environment)
    {
        var options = new GlobalOptions();
        var root = new RootCommand("NES messenger: end-to-end encrypted messages over any MQTT broker, with keys from a public key directory");
        root.Options.Clear();
        foreach (var option in options.All) root.Options.Add(option);
        root.Options.Add(HelpOf(root));

        var context = new CommandContext(environment, options);
        root.Add(RegisterCommand.Create(context));
        root.Add(ListenCommand.Create(context));
        root.Add(SendCommand.Create(context));
        root.Add(ConfigCommand.Create(context));
        root.Add(GenerateCommand.Create(context));
        root.Add(ChatCommand.Create(context));
        root.Add(ContactsCommand.Create(context));
        root.Add(HistoryCommand.Create(context));
        root.Add(ForgetCommand.Create(context));
        root.Add(StatusCommand.Create(context));
        root.Add(VersionCommand.Create(context));
        root.Add(ActivateCommand.Create(context));
        root.Add(WhoisCommand.Create(context));
        root.Add(RotateCommand.Create(context));
        root.Add(RevokeCommand.Create(context));
        root.Add(RecoverCommand.Create(context));
        root.Add(UnregisterCommand.Create(context));
        root.Add(KeysCommand.Create(context));
        root.Add(BackupCommand.Create(context));
        root.Add(RestoreCommand.Create(context));
        root.Add(DoctorCommand.Create(context));
        root.Add(PluginsCommand.Create(context));
        root.Add(BenchCommand.Create(context));
        root.Add(RunCommand.Create(context));
        root.Add(ServeCommand.Create(context));
        root.Add(TokensCommand.Create(context));
        root.Add(WebhooksCommand.Create(context));
        root.Add(UpCommand.Create(context));
        root.Add(BrokerCommand.Create(context));
        root.Add(DirectoryCommand.Create(context));
        root.Add(CompletionCommand.Create(context));
        return root;
    }

    /// <summary>The names of a command and of those above it, without the program's.</summary>
    public static IEnumerable<string> PathTo(CommandResult result)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = result; at is not null; at = at.Parent)
        {
            if (at is CommandResult { Command: not RootCommand } command) names.Push(command.Command.Name);
        }
        return names;
    }

    private static HelpOption HelpOf(RootCommand root)
    {
        // Without the /h and -? of Windows: a file may have such a name.
        var help = new HelpOption("--help", "-h") { Recursive = true };
        help.Action = new HelpWithExitCodes((HelpAction)help.Action!, root);
        return help;
    }
}

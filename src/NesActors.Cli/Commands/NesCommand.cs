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
    private static readonly Entry[] Entries =
    [
        new("register", RegisterCommand.Create),
        new("listen", ListenCommand.Create),
        new("send", SendCommand.Create),
        new("config", ConfigCommand.Create),
        new("generate", GenerateCommand.Create),
        new("chat", ChatCommand.Create),
        new("contacts", ContactsCommand.Create),
        new("history", HistoryCommand.Create),
        new("forget", ForgetCommand.Create),
        new("status", StatusCommand.Create),
        new("version", VersionCommand.Create),
        new("activate", ActivateCommand.Create),
        new("whois", WhoisCommand.Create),
        new("rotate", RotateCommand.Create),
        new("revoke", RevokeCommand.Create),
        new("recover", RecoverCommand.Create),
        new("unregister", UnregisterCommand.Create),
        new("keys", KeysCommand.Create),
        new("backup", BackupCommand.Create),
        new("restore", RestoreCommand.Create),
        new("doctor", DoctorCommand.Create),
        new("plugins", PluginsCommand.Create),
        new("bench", BenchCommand.Create),
        new("run", RunCommand.Create),
        new("serve", ServeCommand.Create),
        new("tokens", TokensCommand.Create),
        new("webhooks", WebhooksCommand.Create),
        new("up", UpCommand.Create),
        new("broker", BrokerCommand.Create),
        new("directory", DirectoryCommand.Create),
        new("completion", CompletionCommand.Create),
    ];

    /// <summary>Makes it.</summary>
    public static RootCommand Create(CliEnvironment environment) => Create(environment, []);

    /// <summary>Makes as much of it as some arguments need: to make all takes longer than most commands run. What these say is the same either way.</summary>
    public static RootCommand Create(CliEnvironment environment, IReadOnlyList<string> arguments)
    {
        var options = new GlobalOptions();
        var root = new RootCommand("NES messenger: end-to-end encrypted messages over any MQTT broker, with keys from a public key directory");
        root.Options.Clear();
        foreach (var option in options.All) root.Options.Add(option);
        root.Options.Add(HelpOf(root));

        var context = new CommandContext(environment, options);
        var needsAll = NeedsAll(arguments);
        foreach (var entry in Entries)
        {
            if (needsAll || arguments.Contains(entry.Name)) root.Add(entry.Create(context));
        }
        return root;
    }

    /// <summary>Reads arguments.</summary>
    public static ParseResult Parse(CliEnvironment environment, IReadOnlyList<string> arguments) =>
        // A message may begin with '@': no argument is taken for the name of a file with arguments.
        Create(environment, arguments).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });

    /// <summary>Runs what was read.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> InvokeAsync(ParseResult parse, CliEnvironment environment, CancellationToken cancellation) => parse.InvokeAsync(
        new InvocationConfiguration { Output = environment.Out, Error = environment.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, cancellation);

    /// <summary>Whether no command is named, or all may be told of: by the help, or to a shell that completes what is typed. An argument that only looks like a command's name does no harm.</summary>
    private static bool NeedsAll(IReadOnlyList<string> arguments)
    {
        // Completion is asked for by a directive, [suggest], which comes first.
        if (arguments is [['[', ..], ..]) return true;
        var namesOne = false;
        foreach (var argument in arguments)
        {
            if (argument is "--help" or "-h") return true;
            namesOne |= Array.Exists(Entries, entry => entry.Name == argument);
        }
        return !namesOne;
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

    /// <param name="Name">The command's name.</param>
    /// <param name="Create">Makes it.</param>
    private sealed record Entry(string Name, Func<CommandContext, Command> Create);
}

using System.CommandLine;
using NesActors.Cli.Commands.Directory;

namespace NesActors.Cli.Commands;

/// <summary><c>nes directory</c>: runs a key directory, and tends its keys and data.</summary>
internal static class DirectoryCommand
{
    public static Command Create(CommandContext context) => new("directory", "Run a key directory, and tend its keys and data")
    {
        ServeCommand.Create(context), KeyGenCommand.Create(context), RotateKeyCommand.Create(context),
        UsersCommand.Create(context), ExportCommand.Create(context), ImportCommand.Create(context),
    };
}

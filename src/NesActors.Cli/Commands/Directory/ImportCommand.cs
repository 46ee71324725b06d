using System.CommandLine;
using NesActors.Cli.Settings.Directory;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands.Directory;

/// <summary><c>nes directory import</c>: fills an empty database from an export, whole or not at all.</summary>
internal static class ImportCommand
{
    public static Command Create(CommandContext context)
    {
        var settings = new SettingOptions(DirectorySettingKeys.OfData, recursive: false);
        var file = new Argument<string>("file") { Description = "What nes directory export wrote" };
        var command = new Command("import", "Fill an empty database from an export; the directory's keys must lie in the data folder, and its server be stopped") { file, context.Options.Json };
        foreach (var option in settings.All) command.Add(option);
        return context.Bind(command, async (run, cancellation) =>
        {
            var path = Path.GetFullPath(run.Get(file)!);
            if (!File.Exists(path)) throw CliException.NotFound($"there is no file {path}");
            var data = DataOf.Run(run, settings);
            await using var stream = File.OpenRead(path);
            var counts = await data.ImportAsync(stream, run.Environment.Clock, cancellation);
            run.Tell([$"imported {DataOf.Words(counts)}"], DataOf.Members(counts));
            return ExitCode.Done;
        });
    }
}

using System.CommandLine;
using NesActors.Cli.Settings.Directory;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Keys;
using NesActors.Directory.Maintenance;

namespace NesActors.Cli.Commands.Directory;

/// <summary><c>nes directory export</c>: everything in the database, as lines of JSON. It works beside a running server.</summary>
internal static class ExportCommand
{
    public static Command Create(CommandContext context)
    {
        var settings = new SettingOptions(DirectorySettingKeys.OfData, recursive: false);
        var output = new Option<string>("--out") { Required = true, HelpName = "FILE", Description = "File to write, which must not be there yet; readable by you alone" };
        var command = new Command("export", "Write everything in a directory's database to a file, for a backup or another database; the keys are copied apart") { output, context.Options.Json };
        foreach (var option in settings.All) command.Add(option);
        return context.Bind(command, async (run, cancellation) =>
        {
            var data = DataOf.Run(run, settings);
            var file = Path.GetFullPath(run.Get(output)!);
            if (File.Exists(file)) throw CliException.Usage($"{file} is there already; name another file");
            ExportCounts counts;
            var unfinished = $"{file}.{Path.GetRandomFileName()}.tmp";
            try
            {
                var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
                if (!OperatingSystem.IsWindows()) options.UnixCreateMode = FileModes.Private;
                await using (var stream = new FileStream(unfinished, options))
                {
                    counts = await data.ExportAsync(stream, run.Environment.Clock, cancellation);
                    stream.Flush(flushToDisk: true);
                }
                NewName.Give(unfinished, file);
            }
            finally
            {
                File.Delete(unfinished);
            }
            run.Tell(
                [$"exported {DataOf.Words(counts)}", $"to {file}; keep it as secret as the e-mail addresses in it"],
                [.. DataOf.Members(counts), ("file", file)]);
            return ExitCode.Done;
        });
    }
}

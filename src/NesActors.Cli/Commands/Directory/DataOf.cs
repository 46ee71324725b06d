using NesActors.Cli.Settings.Directory;
using NesActors.Directory.Maintenance;

namespace NesActors.Cli.Commands.Directory;

/// <summary>The data that a command works on, by the same settings as the server.</summary>
internal static class DataOf
{
    public static DirectoryData Run(Invocation run, SettingOptions settings)
    {
        var reader = new DirectorySettingsReader(DirectorySources.Read(settings.Given(run.Parse), run.Environment, run.ConfigFile), run.Environment);
        return new DirectoryData(reader.DataFolder(), reader.PostgresConnection());
    }

    /// <summary>How much was written or read, in words.</summary>
    public static string Words(ExportCounts counts) => $"{counts.Users} names, {counts.Records} records, {counts.Recoveries} recoveries, {counts.Mails} mails that wait";

    /// <summary>The same for a program.</summary>
    public static IEnumerable<(string Name, object? Value)> Members(ExportCounts counts) =>
        [("names", counts.Users), ("records", counts.Records), ("recoveries", counts.Recoveries), ("mails", counts.Mails)];
}

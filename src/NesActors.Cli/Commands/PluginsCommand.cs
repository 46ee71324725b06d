using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts.FrontEnd;
using NesActors.Plugins;

namespace NesActors.Cli.Commands;

/// <summary><c>nes plugins</c>: loads every plugin and says how it went.</summary>
internal static class PluginsCommand
{
    public static Command Create(CommandContext context)
    {
        var json = CommonOptions.Json();
        var command = new Command("plugins", "Load every plugin and say how it went") { json };
        return context.Bind(command, async (run, _) =>
        {
            var report = await run.Plugins.Of(run.Reader().PluginFolders()).LoadAllAsync();
            if (run.Get(json)) WriteJson(report, run.Out);
            else WriteTable(report, run.Out);
            return report.IsClean ? ExitCode.Done : ExitCode.Usage;
        });
    }

    private static void WriteTable(PluginReport report, TextWriter output)
    {
        var rows = report.Plugins.Select(plugin => new[]
        {
            plugin.Name, plugin.Manifest?.Kind.ToText() ?? "?", plugin.Manifest?.Version ?? "?", plugin.Manifest?.Contract.ToString() ?? "?",
            plugin.Manifest is { } manifest ? string.Join(' ', manifest.Provides) : "?", Path.GetDirectoryName(plugin.Folder) ?? "?",
            plugin.State == PluginState.Rejected ? $"not used: {plugin.Reason}" : "works",
        });
        TextTable.Write(output, ["plugin", "kind", "version", "contract", "provides", "folder", "state"], rows);
        foreach (var folder in report.Folders) output.WriteLine($"folder {folder.Path}{(folder.Problem is null ? "" : $": {folder.Problem}")}");
    }

    private static void WriteJson(PluginReport report, TextWriter output)
    {
        foreach (var plugin in report.Plugins)
        {
            output.WriteLine(JsonLine.Of(
                ("plugin", plugin.Name), ("folder", plugin.Folder), ("kind", plugin.Manifest?.Kind.ToText()), ("version", plugin.Manifest?.Version),
                ("contract", plugin.Manifest?.Contract.ToString()), ("provides", plugin.Manifest?.Provides), ("state", plugin.State.ToString().ToLowerInvariant()),
                ("reason", plugin.Reason)));
        }
        foreach (var folder in report.Folders.Where(folder => folder.Problem is not null))
        {
            output.WriteLine(JsonLine.Of(("folder", folder.Path), ("state", "rejected"), ("reason", folder.Problem)));
        }
    }
}

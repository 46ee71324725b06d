using System.CommandLine;
using System.Text;
using NesActors.Cli.Settings;
using NesActors.Cli.Settings.Gateway;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Keys;

namespace NesActors.Cli.Commands;

/// <summary><c>nes config</c>: shows the settings as lines <c>KEY = value</c>, passwords hidden, or stores them, passwords and all.</summary>
internal static class ConfigCommand
{
    public static Command Create(CommandContext context)
    {
        var show = new Option<bool>("--show", "-s") { Description = "Show the settings; passwords are hidden" };
        var store = new Option<bool>("--store", "-S") { Description = "Store the settings in the configuration file; other lines of the file stay" };
        var gateway = new SettingOptions(GatewaySettingKeys.All, recursive: false);
        var command = new Command("config", "Configuration management") { show, store, context.Options.Json };
        foreach (var option in gateway.All) command.Add(option);
        command.Checks(result =>
        {
            if (!result.GetValue(show) && !result.GetValue(store)) result.AddError("Expected -s to show the settings, or -S to store them");
        });
        return context.Bind(command, (run, _) =>
        {
            var sources = run.Sources(mayBeMissing: run.Get(store));
            var ofGateway = new GatewaySettingsReader(new GatewaySources([sources.With(gateway.Given(run.Parse))]), run.Environment);
            var reader = new SettingsReader(sources, run.Environment);
            if (run.Get(show)) Show(reader, ofGateway, run);
            if (run.Get(store)) Store(reader, ofGateway, run);
            return Task.FromResult(ExitCode.Done);
        });
    }

    private static void Show(SettingsReader reader, GatewaySettingsReader gateway, Invocation run)
    {
        foreach (var value in reader.All().Concat(gateway.All())) Show(value, run);
    }

    private static void Store(SettingsReader reader, GatewaySettingsReader gateway, Invocation run)
    {
        gateway.Read();
        // Looked at before they are stored; a configuration file that is a link stays one.
        var asked = Path.GetFullPath(reader.Read().ConfigFile);
        var file = File.Exists(asked) ? File.ResolveLinkTarget(asked, returnFinalTarget: true)?.FullName ?? asked : asked;
        var before = File.Exists(file) ? File.ReadAllText(file) : "";
        // Of a gateway only what somebody said: where it serves several, what their files say must not differ.
        var values = reader.All().Concat(gateway.All().Where(value => value.Source != SettingSources.Default));
        var after = DotEnv.Rewrite(before, values.ToDictionary(value => value.Key.Name, value => value.Text));
        SecureFolder.Make(Path.GetDirectoryName(file)!);
        AtomicFile.Write(file, Encoding.UTF8.GetBytes(after), FileModes.Private);
        run.Tell(["Config file saved."], ("file", file));
    }

    private static void Show(SettingValue value, Invocation run)
    {
        var shown = Mask.Value(value.Key, value.Text);
        run.Tell([$"{value.Key.Name} = {shown}"], ("name", value.Key.Name), ("value", shown), ("source", value.Source));
    }
}

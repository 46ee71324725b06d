using NesActors.Cli.Commands;
using NesActors.Cli.Hosting;
using NesActors.Cli.Settings;
using NesActors.Cli.Settings.Gateway;
using NesActors.Contracts.FrontEnd;
using NesActors.Plugins;

namespace NesActors.Cli.Doctor;

/// <summary>All checks, in the order in which one thing needs another: settings, modes and keys, plugins, broker, directory, clock.</summary>
internal static class Examination
{
    private const string UnsafeRemedy = "if all that lies there is yours, nes doctor --fix takes the right to write from others; what belongs to somebody else, install anew yourself";

    /// <summary>Looks at everything, and first closes what is too open where that was asked for.</summary>
    public static async IAsyncEnumerable<Finding> RunAsync(
        Invocation run, bool fix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var (settings, problem, unknown) = ReadSettings(run);
        foreach (var name in unknown) yield return Finding.Warning("settings", $"the configuration file has {name}, which is no setting of this program", "correct or remove the line");
        if (settings is null)
        {
            yield return problem!;
            yield break;
        }
        yield return Finding.Ok("settings", $"user {settings.User}, {(File.Exists(settings.ConfigFile) ? $"configuration file {settings.ConfigFile}" : "no configuration file")}");

        var factory = run.Session(settings);
        if (fix)
        {
            foreach (var file in OpenFiles.Find(settings, factory.PrivateFiles()))
            {
                OpenFiles.Close(file);
                yield return Finding.Ok("mended", $"{file}: done");
            }
            foreach (var finding in ClosePlugins(factory.Catalog)) yield return finding;
            run.Plugins.LookAgain();
            factory = run.Session(settings);
        }

        var (keyFindings, record) = KeyChecks.Run(settings, factory, run.Passphrase.IsGiven(run));
        foreach (var finding in keyFindings) yield return finding;
        foreach (var finding in await PluginsAsync(factory.Catalog)) yield return finding;
        yield return await BrokerCheck.RunAsync(settings, factory, cancellation);
        foreach (var finding in await new DirectoryChecks(settings, run.Environment, factory).RunAsync(record, cancellation)) yield return finding;
        foreach (var finding in await ContactChecks.RunAsync(run, settings, factory, cancellation)) yield return finding;
    }

    private static (NesSettings? Settings, Finding? Problem, IReadOnlyList<string> Unknown) ReadSettings(Invocation run)
    {
        try
        {
            var sources = run.Sources();
            var unknown = sources.UnknownKeys(SettingKeys.Known).ToList();
            try
            {
                var settings = new SettingsReader(sources, run.Environment).Read();
                new GatewaySettingsReader(GatewaySources.Read(run.Given, run.Environment, run.ConfigFiles), run.Environment).Read();
                return (settings, null, unknown);
            }
            catch (CliException error)
            {
                return (null, Finding.Error("settings", error.ExitCode, error.Message, "correct it; nes config -s shows all settings"), unknown);
            }
        }
        catch (CliException error)
        {
            return (null, Finding.Error("settings", error.ExitCode, error.Message, "correct the file"), []);
        }
    }

    private static IReadOnlyList<Finding> ClosePlugins(PluginCatalog catalog)
    {
        try
        {
            return [.. catalog.CloseUnsafe().Select(folder => Finding.Warning("mended", $"nobody but you can write {folder} any more", "others could before: if you do not know who did, install its plugins anew"))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [Finding.Error("plugins", ExitCode.Usage, $"the right to write cannot be taken from others: {TerminalText.Escape(error.Message)}", "install your plugins anew")];
        }
    }

    private static async Task<IReadOnlyList<Finding>> PluginsAsync(PluginCatalog catalog)
    {
        var report = await catalog.LoadAllAsync();
        var problems = report.Plugins.Where(plugin => plugin.State == PluginState.Rejected).Select(plugin => ($"plugin {plugin.Name} is not used: {plugin.Reason}", plugin.IsUnsafe))
            .Concat(report.Folders.Where(folder => folder.Problem is not null).Select(folder => ($"plugin folder {folder.Path}: {folder.Problem}", folder.IsUnsafe)));
        List<Finding> findings = [.. problems.Select(problem => Finding.Error("plugins", ExitCode.Usage, problem.Item1, problem.IsUnsafe ? UnsafeRemedy : "install it again, or remove its folder; nes plugins shows all"))];
        return findings.Count > 0 ? findings : [Finding.Ok("plugins", $"{report.Plugins.Count} plugins work")];
    }
}

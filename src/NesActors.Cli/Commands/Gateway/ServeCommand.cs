using System.CommandLine;
using Microsoft.Extensions.Logging;
using NesActors.Cli.Hosting;
using NesActors.Cli.Hosting.Gateway;
using NesActors.Cli.Settings.Gateway;
using NesActors.Contracts.FrontEnd;
using NesActors.Plugins;

namespace NesActors.Cli.Commands.Gateway;

/// <summary><c>nes serve</c>: runs the sessions of one or several identities, and the gateway over them: REST API and web page.</summary>
internal static class ServeCommand
{
    public static Command Create(CommandContext context)
    {
        var settings = new SettingOptions(GatewaySettingKeys.All, recursive: false);
        var open = new Option<bool>("--open") { Description = "Print a link that signs a browser in, once, for the first identity; where there is a display, open it" };
        var json = CommonOptions.Json();
        var command = new Command(
            "serve",
            "Serve the REST API and the web page: for you, or for each identity whose configuration file is given by -c. Each option may also stand in the environment or such a file, under the name in brackets") { open, json };
        foreach (var option in settings.All) command.Add(option);
        return context.Bind(
            command,
            async (run, cancellation) =>
            {
                var gateway = new GatewaySettingsReader(GatewaySources.Read(settings.Given(run.Parse), run.Environment, run.ConfigFiles), run.Environment).Read();
                using var identities = ServedInvocations.Of(run);
                return await ServeAsync(run, identities.All, gateway, run.Get(open), run.Get(json), cancellation);
            },
            severalIdentities: true);
    }

    private static async Task<int> ServeAsync(Invocation run, IReadOnlyList<Invocation> identities, GatewaySettings settings, bool open, bool json, CancellationToken cancellation)
    {
        using var logging = new ErrorStreamLogging(run.Environment, run.Verbose ? LogLevel.Debug : LogLevel.Warning);
        await using var sessions = await ServedSessions.OpenAsync(identities, cancellation);
        var gateway = sessions.Catalog.Gateway(LocalGateway.PluginName);
        var request = new GatewayRequest(sessions.Identities)
        {
            Network = settings.Network,
            Link = open,
            Limits = settings.Limits,
            MayCallPrivateAddresses = settings.MayCallPrivateAddresses,
            Plugins = [.. sessions.Catalog.EntriesNow().Select(ToPlugin)],
            Clock = run.Environment.Clock,
            ProgramVersion = VersionCommand.Version,
            Log = GatewayLog.To(logging),
        };
        await using var running = await gateway.StartAsync(request, cancellation);
        foreach (var notice in running.Notices) NoticeLine.Write(run.Out, notice, json);
        run.Out.Flush();
        using var browser = running.Notices.FirstOrDefault(notice => notice.Kind == "link") is { } link ? Browser.Open(run.Environment, sessions.Identities[0].Folder, link.Value) : null;
        try
        {
            await running.Completion.WaitAsync(cancellation);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
        catch (ObjectDisposedException end)
        {
            throw await sessions.EndedAsync(end);
        }
    }

    private static GatewayPlugin ToPlugin(PluginEntry entry) => new(
        entry.Name, entry.Manifest?.Kind.ToText(), entry.Manifest?.Version, entry.Manifest?.Contract.ToString(), entry.Manifest?.Provides ?? [], entry.State.ToString().ToLowerInvariant(), entry.Reason);
}

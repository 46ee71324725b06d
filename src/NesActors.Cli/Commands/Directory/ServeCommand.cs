using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Cli.Settings.Directory;
using NesActors.Contracts.FrontEnd;
using NesActors.Directory;

namespace NesActors.Cli.Commands.Directory;

/// <summary><c>nes directory serve</c>: runs a key directory.</summary>
internal static class ServeCommand
{
    public static Command Create(CommandContext context)
    {
        var settings = new SettingOptions(DirectorySettingKeys.All, recursive: false);
        var command = new Command(
            "serve",
            "Run a key directory that the original's clients and ours can use. Each option may also stand in the environment or the file of --config, under the name in brackets; "
            + $"passwords only there: {DirectorySettingKeys.MailPassword.Name}, {DirectorySettingKeys.PostgresPassword.Name}");
        command.Add(context.Options.Json);
        foreach (var option in settings.All) command.Add(option);
        return context.Bind(command, async (run, cancellation) =>
        {
            var reader = new DirectorySettingsReader(DirectorySources.Read(settings.Given(run.Parse), run.Environment, run.ConfigFile), run.Environment);
            using var logging = run.ServerLogging(reader.IsLogJson());
            var options = reader.Read() with { Clock = run.Environment.Clock, LoggerFactory = logging };
            await using var server = await DirectoryServer.StartAsync(options, cancellation);
            var publicKey = Path.Combine(options.DataFolder, DirectoryKey.PublicFileName);
            run.Tell([$"key directory: {server.BaseAddress}"], ("kind", "address"), ("value", server.BaseAddress.ToString()));
            run.Tell([$"its public key: {publicKey}"], ("kind", "public_key"), ("value", publicKey));
            if (server.MetricsAddress is { } metrics) run.Tell([$"metrics: {metrics}metrics"], ("kind", "metrics"), ("value", $"{metrics}metrics"));
            run.Out.Flush();
            await Waiting.UntilCancelledAsync(cancellation);
            return ExitCode.Done;
        });
    }
}

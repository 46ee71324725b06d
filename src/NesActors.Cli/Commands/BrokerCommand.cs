using System.CommandLine;
using NesActors.Broker;
using NesActors.Cli.Hosting;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands;

/// <summary><c>nes broker</c>: the embedded MQTT broker alone.</summary>
internal static class BrokerCommand
{
    public static Command Create(CommandContext context)
    {
        var listen = new Option<Uri>("--listen")
        {
            HelpName = "URL",
            Description = "Where to listen: mqtt:// or tcp://, an address of this machine, a port (0: any free one)",
            DefaultValueFactory = _ => new Uri("mqtt://127.0.0.1:1883"),
            CustomParser = result =>
            {
                if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) && uri.Host.Length > 0) return uri;
                result.AddError($"'{result.Tokens[0].Value}' is no address like mqtt://127.0.0.1:1883");
                return null;
            },
        };
        var command = new Command("broker", "Run an MQTT broker that lets everybody in, for trying out") { listen, context.Options.Json };
        return context.Bind(command, async (run, cancellation) =>
        {
            await using var broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Listen = run.Get(listen)! }, cancellation);
            run.Tell([$"broker: {broker.Address}"], ("kind", "address"), ("value", broker.Address.ToString()));
            run.Out.Flush();
            await Waiting.UntilCancelledAsync(cancellation);
            return ExitCode.Done;
        });
    }
}

using NesActors.Cli.Hosting;
using NesActors.Cli.Settings;
using NesActors.Contracts.FrontEnd;
using NesActors.Contracts.Transport;
using NesActors.Plugins;

namespace NesActors.Cli.Doctor;

/// <summary>The broker: reachable, what it claims to be, and willing to have us. Subscribes to nothing: mail would be lost.</summary>
internal static class BrokerCheck
{
    private const string Check = "broker";

    public static async Task<Finding> RunAsync(NesSettings settings, SessionFactory factory, CancellationToken cancellation)
    {
        try
        {
            await using var transport = factory.Transport()();
            await transport.ConnectAsync(settings.Broker, _ => { }, cancellation);
            return Finding.Ok(Check, $"{settings.Broker} takes us{(settings.Broker.Credentials is { } who ? $" as {who.User}" : "")}");
        }
        catch (TransportException error)
        {
            return Finding.Error(Check, Cli.CodeOf(error.Failure), error.Message.ReplaceLineEndings(" "), RemedyOf(error.Failure));
        }
        catch (Exception error) when (error is PluginException or CliException)
        {
            return Finding.Error(Check, ExitCode.Usage, error.Message, $"give an address with one of these schemes: -b URL ({SettingKeys.Broker.Name})");
        }
    }

    private static string RemedyOf(TransportFailure failure) => failure switch
    {
        TransportFailure.Unreachable => "check the address and the network, or choose another broker with -b URL",
        TransportFailure.Refused => $"check user and password ({SettingKeys.BrokerUser.Name}, {SettingKeys.BrokerPassword.Name}), or ask the broker's operator",
        TransportFailure.Untrusted => $"check the host's name and the authority of its certificate ({SettingKeys.BrokerCa.Name})",
        _ => "correct the settings: nes config -s shows them",
    };
}

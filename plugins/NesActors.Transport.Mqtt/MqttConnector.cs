using MQTTnet;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using NesActors.Contracts.Transport;

namespace NesActors.Transport.Mqtt;

/// <summary>Makes a connection: MQTT 5 first, and 3.1.1 where the broker does not understand that, both within one time limit.</summary>
internal static class MqttConnector
{
    public static async Task<MqttLink> ConnectAsync(MqttSettings settings, Action<InboundFrame> receiver, CancellationToken cancellation)
    {
        using var certificates = settings.Address.UseTls ? TlsFiles.Read(settings.Options.Tls) : null;
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(settings.Options.ConnectTimeout);
        try
        {
            foreach (var version in settings.Protocols.SkipLast(1))
            {
                if (await TryAsync(settings, version, certificates, receiver, mayFallBack: true, limited.Token).ConfigureAwait(false) is { } link) return link;
            }
            return (await TryAsync(settings, settings.Protocols[^1], certificates, receiver, mayFallBack: false, limited.Token).ConfigureAwait(false))!;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw ConnectFailure.TimedOut(settings.Address, settings.Options.ConnectTimeout);
        }
    }

    /// <returns>The connection; <see langword="null"/> where an older version may have better luck.</returns>
    private static async Task<MqttLink?> TryAsync(
        MqttSettings settings,
        MqttProtocolVersion version,
        TlsFiles? certificates,
        Action<InboundFrame> receiver,
        bool mayFallBack,
        CancellationToken cancellation)
    {
        var factory = new LimitedAdapterFactory();
        var check = new ServerCertificateCheck(certificates?.Authorities);
        var link = new MqttLink(settings.Address, new MqttClient(factory, MqttNetNullLogger.Instance), receiver, factory.Places);
        var isConnected = false;
        try
        {
            var answer = await link.ConnectAsync(ClientOptions.For(settings, version, certificates, check), cancellation).ConfigureAwait(false);
            isConnected = answer.ResultCode == MqttClientConnectResultCode.Success;
            if (isConnected && link.CanConfirm) return link;
            if (isConnected) throw ConnectFailure.NoConfirmation(settings.Address);
            return mayFallBack && ConnectFailure.MayBeVersion(answer) ? null : throw ConnectFailure.FromAnswer(settings.Address, answer);
        }
        catch (Exception error) when (error is not (TransportException or OperationCanceledException))
        {
            isConnected = false;
            cancellation.ThrowIfCancellationRequested();
            // An old broker may just hang up, or answer what MQTT 5 cannot read.
            if (mayFallBack && factory.WasOpened) return null;
            throw ConnectFailure.FromError(settings.Address, error, check, certificates?.Client is not null);
        }
        finally
        {
            if (!isConnected || !link.CanConfirm) await link.DisposeAsync().ConfigureAwait(false);
        }
    }
}

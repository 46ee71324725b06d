using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Settings.Gateway;

/// <summary>The settings of a gateway, looked at and typed.</summary>
/// <param name="Network">Where it listens.</param>
/// <param name="Limits">How much one token may ask for.</param>
/// <param name="MayCallPrivateAddresses">Whether webhooks may be at addresses of this machine or of a private network.</param>
internal sealed record GatewaySettings(GatewayNetwork Network, GatewayLimits Limits, bool MayCallPrivateAddresses);

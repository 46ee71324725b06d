namespace NesActors.Contracts.FrontEnd;

/// <summary>
/// What programs use sessions through, by a network: one process, several identities. A plugin of kind <c>gateway</c> has one public class that implements this and has a constructor without
/// parameters; what it is called (<c>rest</c>) stands in its <c>plugin.json</c>.
/// </summary>
public interface IGateway
{
    /// <summary>Begins to serve. When the task ends, whoever connects is answered.</summary>
    /// <param name="request">Whom to serve, and where.</param>
    /// <param name="cancellation">Gives up starting.</param>
    /// <exception cref="GatewayException">It cannot be done: an address is taken, a file cannot be used, or what was asked for is not safe.</exception>
    Task<IRunningGateway> StartAsync(GatewayRequest request, CancellationToken cancellation);
}

/// <summary>A gateway at work. Disposing it ends every stream and lets requests under way end, as far as they do so soon.</summary>
public interface IRunningGateway : IAsyncDisposable
{
    /// <summary>Where it can be reached by the network, with the ports that it has; empty where it serves sockets alone.</summary>
    IReadOnlyList<Uri> Addresses { get; }

    /// <summary>What the person is told when it has started, a line each: addresses, and a first token where there was none. To be shown once and kept nowhere: a token is a secret.</summary>
    IReadOnlyList<GatewayNotice> Notices { get; }

    /// <summary>Ends when a session has ended that it served, with <see cref="ObjectDisposedException"/> as <see cref="IMessenger"/> says; it serves no longer then.</summary>
    Task Completion { get; }
}

/// <summary>A line for the person.</summary>
/// <param name="Kind">What it tells, for programs: <c>address</c>, <c>metrics</c>, <c>token</c>, <c>link</c>, <c>socket</c>.</param>
/// <param name="Identity">Whom it is about; <see langword="null"/>: all.</param>
/// <param name="Value">The address, the token, the link.</param>
public sealed record GatewayNotice(string Kind, Username? Identity, string Value)
{
    /// <summary>Names what it tells and never the value, which may be a secret.</summary>
    public override string ToString() => $"{Kind} {Identity}";
}

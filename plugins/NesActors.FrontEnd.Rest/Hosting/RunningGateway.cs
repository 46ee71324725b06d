using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Rest.Access;
using NesActors.FrontEnd.Rest.Operating;

namespace NesActors.FrontEnd.Rest.Hosting;

/// <summary>A gateway at work: the web application and what it serves.</summary>
internal sealed class RunningGateway : IRunningGateway
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly WebApplication _web;
    private readonly ServedIdentities _identities;
    private MetricsListener? _metrics;

    private RunningGateway(WebApplication web, ServedIdentities identities) => (_web, _identities) = (web, identities);

    /// <inheritdoc/>
    public IReadOnlyList<Uri> Addresses { get; private set; } = [];

    /// <inheritdoc/>
    public IReadOnlyList<GatewayNotice> Notices { get; private set; } = [];

    /// <inheritdoc/>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>The streams that are open now.</summary>
    internal StreamCounts Streams => _web.Services.GetRequiredService<StreamCounts>();

    /// <summary>Begins to serve.</summary>
    /// <exception cref="GatewayException">It cannot be done.</exception>
    public static async Task<RunningGateway> StartAsync(GatewayRequest request, CancellationToken cancellation)
    {
        if (request.Network is { } network)
        {
            ListenRules.Check(network);
            ListenRules.CheckMetrics(network);
        }
        else if (request.Link) throw new GatewayException("a link leads to an address of the network: say where to listen");
        var identities = await ServedIdentities.OpenAsync(request).ConfigureAwait(false);
        RunningGateway gateway;
        try
        {
            gateway = new RunningGateway(GatewayWeb.Build(request, identities), identities);
        }
        catch
        {
            await identities.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        try
        {
            await gateway.ListenAsync(request, cancellation).ConfigureAwait(false);
            foreach (var identity in identities.All) await identity.Webhooks.StartAsync().ConfigureAwait(false);
            gateway.Completion = gateway.UntilEndAsync();
            return gateway;
        }
        catch (Exception e)
        {
            await gateway.DisposeAsync().ConfigureAwait(false);
            if (e is IOException) throw new GatewayException($"cannot listen: {e.Message}", e);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var identity in _identities.All) identity.StopWaiting();
        if (_metrics is not null) await _metrics.DisposeAsync().ConfigureAwait(false);
        await _web.StopAsync().ConfigureAwait(false);
        await _identities.DisposeAsync().ConfigureAwait(false);
        await Completion.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        await _web.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Where one session is gone, whoever asks must not take the silence of the rest for all there is: nobody is served then.</summary>
    private async Task UntilEndAsync()
    {
        try
        {
            await _identities.EndedAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await _web.StopAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task ListenAsync(GatewayRequest request, CancellationToken cancellation)
    {
        await _web.StartAsync(cancellation).ConfigureAwait(false);
        if (!OperatingSystem.IsWindows())
        {
            foreach (var identity in _identities.All) File.SetUnixFileMode(identity.Socket, Private);
        }
        if (request.Network is { } network)
        {
            var bound = _web.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single(address => !address.Contains("://unix:", StringComparison.Ordinal));
            Addresses = [new UriBuilder(network.Listen) { Port = new Uri(bound.Replace("[::]", "localhost", StringComparison.Ordinal)).Port }.Uri];
        }
        await StartMetricsAsync(request, cancellation).ConfigureAwait(false);
        Notices = [.. Addresses.Select(address => new GatewayNotice("address", null, address.AbsoluteUri)), .. Metrics(), .. FirstTokens(request), .. Link(request)];
    }

    private async Task StartMetricsAsync(GatewayRequest request, CancellationToken cancellation)
    {
        if (request.Network?.Metrics is not { } listen) return;
        var meters = _web.Services.GetRequiredService<IMeterFactory>();
        GatewayMetrics.AddTo(meters.Create(GatewayMetrics.MeterName), _identities, _web.Services.GetRequiredService<StreamCounts>());
        _metrics = await MetricsListener.StartAsync(listen, request, _identities, meters, cancellation).ConfigureAwait(false);
    }

    private IEnumerable<GatewayNotice> Metrics() => _metrics is null ? [] : [new GatewayNotice("metrics", null, _metrics.Address.AbsoluteUri)];

    /// <summary>A first token for each identity that has none, where one is needed at all.</summary>
    private IEnumerable<GatewayNotice> FirstTokens(GatewayRequest request)
    {
        if (request.Network is null) yield break;
        foreach (var identity in _identities.All)
        {
            if (identity.Tokens.All.Count == 0 && identity.Tokens.Create("first", Scopes.All, null, null) is { } made) yield return new GatewayNotice("token", identity.User, made.Secret);
        }
    }

    /// <summary>A link that a browser can open: where all addresses are listened on, or a certificate is shown, by the first name of the settings.</summary>
    private IEnumerable<GatewayNotice> Link(GatewayRequest request)
    {
        if (!request.Link || request.Network is not { } network) yield break;
        var isAny = ListenRules.AddressOf(network.Listen) is { } address && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
        var name = (isAny || network.Listen.Scheme == Uri.UriSchemeHttps) && network.Hosts is [var first, ..] ? first : isAny ? "localhost" : network.Listen.Host;
        var code = _web.Services.GetRequiredService<SignInCodes>().New(_identities.All[0]);
        yield return new GatewayNotice("link", _identities.All[0].User, $"{new UriBuilder(Addresses[0]) { Host = name }.Uri.AbsoluteUri}#code={code}");
    }
}

using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Rest.Access.Browsers;
using NesActors.FrontEnd.Rest.Api;
using NesActors.FrontEnd.Rest.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace NesActors.FrontEnd.Rest.Operating;

/// <summary>A listener of its own for the operator, without a token: <c>/metrics</c>, as Prometheus reads them, and <c>/health</c>.</summary>
internal sealed class MetricsListener : IAsyncDisposable
{
    private const string Path = "/metrics";

    /// <summary>The runtime's is of the process, and not of one gateway.</summary>
    private const string RuntimeMeter = "System.Runtime", HostingMeter = "Microsoft.AspNetCore.Hosting", KestrelMeter = "Microsoft.AspNetCore.Server.Kestrel";

    /// <summary>Without the addresses, of which that of a socket is a path of this machine.</summary>
    private static readonly MetricStreamConfiguration Kestrel = new() { TagKeys = ["network.transport", "network.protocol.version", "tls.protocol.version", "error.type"] };

    private readonly WebApplication _web;

    private MetricsListener(WebApplication web) => _web = web;

    /// <summary>Where metrics are to be had, with the port that it really has.</summary>
    public Uri Address => new(new Uri(_web.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single().Replace("[::]", "localhost", StringComparison.Ordinal)), Path);

    /// <summary>Begins to listen.</summary>
    /// <param name="listen">Where.</param>
    /// <param name="request">The gateway's.</param>
    /// <param name="identities">Who is served.</param>
    /// <param name="meters">Makes the meters of the gateway's own web host: what was not made by it is of another gateway in this process, and is left out.</param>
    /// <param name="cancellation">Gives up starting.</param>
    public static async Task<MetricsListener> StartAsync(Uri listen, GatewayRequest request, ServedIdentities identities, IMeterFactory meters, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.AddRouting();
        builder.Services.AddAuthorization();
        builder.Services.AddProblemDetails();
        builder.Services.ConfigureHttpJsonOptions(ApiJson.Apply);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("nes", serviceVersion: request.ProgramVersion, autoGenerateServiceInstanceId: false))
            .WithMetrics(metrics => metrics
                .AddMeter(GatewayMetrics.MeterName, HostingMeter, KestrelMeter, RuntimeMeter)
                .AddView(instrument => ViewOf(instrument.Meter, meters))
                .AddPrometheusExporter(exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 0));
        builder.Logging.AddProvider(new GatewayLogging(request.Log));
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 64;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(ListenRules.AddressOf(listen)!, listen.Port);
        });
        var web = builder.Build();
        web.Use(SecurityHeaders.InvokeAsync);
        web.Use(new HostCheck(request.Network!).InvokeAsync);
        web.Use((context, next) => AskSessionsAsync(context, next, identities));
        web.UseRouting();
        new HealthApi(identities, tellsAll: true).Map(web);
        web.MapPrometheusScrapingEndpoint(Path);
        try
        {
            await web.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            await web.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        return new MetricsListener(web);
    }

    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync().ConfigureAwait(false);
        await _web.DisposeAsync().ConfigureAwait(false);
    }

    private static MetricStreamConfiguration? ViewOf(Meter meter, IMeterFactory ours) =>
        meter.Name == RuntimeMeter ? null : meter.Scope != ours ? MetricStreamConfiguration.Drop : meter.Name == KestrelMeter ? Kestrel : null;

    /// <summary>The instruments cannot wait for an answer: they tell what the sessions said just before.</summary>
    private static async Task AskSessionsAsync(HttpContext context, RequestDelegate next, ServedIdentities identities)
    {
        if (context.Request.Path == Path)
        {
            foreach (var identity in identities.All) await identity.Readiness.AskAsync(context.RequestAborted).ConfigureAwait(false);
        }
        await next(context).ConfigureAwait(false);
    }
}

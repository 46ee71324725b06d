using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NesActors.Directory.Hosting;
using OpenTelemetry.Metrics;

namespace NesActors.Directory.Operating;

/// <summary>A listener of its own at which Prometheus reads the metrics of the process, at <c>/metrics</c>: what is not for everybody need not be on the same port.</summary>
internal sealed class MetricsListener : IAsyncDisposable
{
    private readonly WebApplication _web;

    private MetricsListener(WebApplication web) => _web = web;

    /// <summary>Where it listens, with the port that it really has.</summary>
    public Uri Address => new(_web.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    /// <exception cref="DirectoryException">The address cannot be listened on.</exception>
    public static async Task<MetricsListener> StartAsync(Uri listen, ILoggerFactory logging, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(DirectoryMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddPrometheusExporter());
        builder.Logging.AddProvider(new ForwardingLoggerProvider(logging));
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 16;
            kestrel.Listen(ListenAddress.Resolve(listen)!, listen.Port);
        });
        var web = builder.Build();
        web.MapPrometheusScrapingEndpoint();
        try
        {
            await web.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await web.DisposeAsync().ConfigureAwait(false);
            if (e is IOException) throw new DirectoryException($"Cannot listen on {listen} for metrics: {e.Message}", e);
            throw;
        }
        return new MetricsListener(web);
    }

    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync().ConfigureAwait(false);
        await _web.DisposeAsync().ConfigureAwait(false);
    }
}

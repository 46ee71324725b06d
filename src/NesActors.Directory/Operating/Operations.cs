using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NesActors.Directory.Api;
using NesActors.Directory.Limits;
using NesActors.Directory.Mail;
using NesActors.Directory.Storage;

namespace NesActors.Directory.Operating;

/// <summary>All that a directory needs around its answers to be run for strangers: limits, mail, health, metrics.</summary>
internal sealed class Operations : IAsyncDisposable
{
    private readonly DirectoryOptions _options;
    private readonly IDatabase _database;
    private readonly Failures _failures;
    private readonly RequestLimiter? _limiter;
    private readonly SigningQueue? _queue;
    private readonly MailService? _mail;
    private readonly DirectoryMetrics? _metrics;
    private MetricsListener? _listener;

    private Operations(DirectoryOptions options, string folder, IDatabase database)
    {
        _options = options;
        _failures = new Failures(options.LoggerFactory.CreateLogger<Failures>());
        _database = database;
        _mail = options.Mail is null ? null : MailService.Open(options, folder, database);
        _limiter = options.Limits is { } limits ? new RequestLimiter(limits, options.Clock) : null;
        _queue = options.Limits is { } bounded ? new SigningQueue(bounded.Waiting) : null;
        _metrics = options.Metrics is null ? null : new DirectoryMetrics(_failures, _mail?.State, options.Clock);
    }

    /// <summary>Where mail to owners goes: to the mail server, or into the log.</summary>
    public IOutbox Outbox => _options.Activation == ActivationMode.Mail ? _mail!.Outbox : new LogOutbox(_options.LoggerFactory.CreateLogger<LogOutbox>());

    /// <summary>Where metrics are to be had; null where nowhere.</summary>
    public Uri? MetricsAddress => _listener?.Address;

    /// <exception cref="DirectoryException">An option cannot be used.</exception>
    public static Operations Open(DirectoryOptions options, string folder, IDatabase database)
    {
        if (options.Activation == ActivationMode.Mail && options.Mail is null)
            throw new DirectoryException("Activation by mail needs a mail server: name its host, and the sender of the mails.");
        if (options.Metrics is { } metrics && (metrics.Scheme != Uri.UriSchemeHttp || Hosting.ListenAddress.Resolve(metrics) is null))
            throw new DirectoryException($"Metrics are to be had at http://, an IP address or localhost, and a port, not at {metrics}.");
        return new Operations(options, folder, database);
    }

    /// <summary>What the web host must know before it is built.</summary>
    public void AddTo(IServiceCollection services)
    {
        if (_limiter is null) return;
        services.AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = _limiter;
            limiter.OnRejected = (rejected, _) => new ValueTask(TooMany.WriteAsync(
                rejected.HttpContext, rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : TimeSpan.Zero));
        });
    }

    /// <summary>What every request passes, outermost first.</summary>
    public void Use(WebApplication web)
    {
        ForwardedFrom.Use(web, _options.TrustedProxies);
        if (_metrics is not null) web.Use(_metrics.InvokeAsync);
        web.Use(SecurityHeaders.InvokeAsync);
        web.Use(_failures.InvokeAsync);
        if (_limiter is not null) web.UseRateLimiter();
        if (_queue is not null) web.Use(_queue.InvokeAsync);
    }

    /// <summary>Adds the addresses that tell how the server is.</summary>
    public void Map(IEndpointRouteBuilder routes) => new Health(_database, _mail?.State, _options.Clock).Map(routes);

    /// <summary>Begins to send mail and to tell metrics, once the server listens.</summary>
    public async Task StartAsync(Func<Uri> publicAddress, CancellationToken cancellation)
    {
        var logger = _options.LoggerFactory.CreateLogger<Operations>();
        if (_options.Activation == ActivationMode.None)
            logger.LogWarning("Registrations are active at once (activation 'none'): anybody can take any name, with any address. This is for labs and demonstrations alone.");
        if (_limiter is null) logger.LogInformation("There are no limits: one client may ask for as much as it likes.");
        _mail?.Start(publicAddress, _options.Clock, _options.LoggerFactory);
        if (_options.Metrics is { } metrics)
        {
            _listener = await MetricsListener.StartAsync(metrics, _options.LoggerFactory, cancellation).ConfigureAwait(false);
            logger.LogInformation("Metrics are at {Address}metrics.", _listener.Address);
        }
    }

    /// <summary>To be called after the last request has ended, and before the database closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_listener is not null) await _listener.DisposeAsync().ConfigureAwait(false);
        if (_mail is not null) await _mail.DisposeAsync().ConfigureAwait(false);
        if (_queue is not null) await _queue.DisposeAsync().ConfigureAwait(false);
        if (_limiter is not null) await _limiter.DisposeAsync().ConfigureAwait(false);
        _metrics?.Dispose();
    }
}

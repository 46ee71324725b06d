using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using NesActors.Directory.Api;

namespace NesActors.Directory.Limits;

/// <summary>
/// Lets requests that change something, and so cost RSA signatures and writes, work a few at a time; so many may wait, and more are answered with 503.
/// A body is read before its request waits: a slow sender holds nobody's place.
/// </summary>
internal sealed class SigningQueue(int waiting) : IAsyncDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = 2 * Environment.ProcessorCount,
        QueueLimit = waiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var method = context.Request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method))
        {
            await next(context).ConfigureAwait(false);
            return;
        }
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        body.Position = 0;
        context.Request.Body = body;
        using var lease = await _limiter.AcquireAsync(1, context.RequestAborted).ConfigureAwait(false);
        if (lease.IsAcquired)
        {
            await next(context).ConfigureAwait(false);
            return;
        }
        context.Response.Headers.RetryAfter = "5";
        await PlainText.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "directory busy, try again later").ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _limiter.DisposeAsync();
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NesActors.Directory.Limits;
using NesActors.Directory.Mail;
using NesActors.Directory.Storage;

namespace NesActors.Directory.Api;

/// <summary>
/// Turns what goes wrong below into the status that says so. A database that is busy or broken is 503 and never 404, which a client would take
/// for "there is no such user".
/// </summary>
internal sealed class Failures(ILogger<Failures> logger)
{
    private long _ofDatabase;

    /// <summary>How many requests failed because the database did.</summary>
    public long OfDatabase => Interlocked.Read(ref _ofDatabase);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            // Too large, too slow, or broken off.
            await PlainText.WriteAsync(context, e.StatusCode, e.StatusCode == StatusCodes.Status413PayloadTooLarge ? "request too large" : "bad request")
                .ConfigureAwait(false);
        }
        catch (DatabaseUnavailableException e) when (!context.Response.HasStarted)
        {
            Interlocked.Increment(ref _ofDatabase);
            logger.LogError(e, "The database failed.");
            context.Response.Headers.RetryAfter = "5";
            await PlainText.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "directory unavailable, try again later").ConfigureAwait(false);
        }
        catch (TooManyMailsException e) when (!context.Response.HasStarted)
        {
            await TooMany.WriteAsync(context, e.RetryAfter, "too many mails to this address, try again later").ConfigureAwait(false);
        }
        catch (TooManyChangesException e) when (!context.Response.HasStarted)
        {
            await TooMany.WriteAsync(context, e.RetryAfter, "too many changes of this name, try again later").ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            logger.LogDebug("A client went away before its answer.");
        }
    }
}

using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NesActors.Directory.Mail;
using NesActors.Directory.Storage;

namespace NesActors.Directory.Operating;

/// <summary>
/// Whether the process lives, and whether it can answer: for whatever starts it again or sends clients to it. It tells no secret. The database is asked
/// once a second at most. Mail that does not leave is told and is no reason for 503: look-ups go on.
/// </summary>
internal sealed class Health(IDatabase database, MailState? mail, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LateMail = TimeSpan.FromMinutes(15);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private (long At, bool IsGood)? _database;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", context => WriteAsync(context, StatusCodes.Status200OK, new { status = "live" }));
        routes.MapGet("/health/ready", WriteReadinessAsync);
    }

    private async Task WriteReadinessAsync(HttpContext context)
    {
        var (isDatabaseGood, now) = (await IsDatabaseGoodAsync(context.RequestAborted).ConfigureAwait(false), clock.GetUtcNow());
        var isMailGood = mail is null || (mail.LastError is null && mail.OldestAge(now) < LateMail);
        var status = !isDatabaseGood ? "unavailable" : isMailGood ? "ready" : "degraded";
        await WriteAsync(context, isDatabaseGood ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, new
        {
            status,
            database = isDatabaseGood ? "good" : "failed",
            mail = mail is null ? null : new
            {
                status = isMailGood ? "good" : "failing",
                waiting = mail.Queue.Length,
                oldest_seconds = (long)mail.OldestAge(now).TotalSeconds,
                last_error = mail.LastError,
            },
        }).ConfigureAwait(false);
    }

    private async Task<bool> IsDatabaseGoodAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_database is { } known && clock.GetElapsedTime(known.At) < KeptFor) return known.IsGood;
            var isGood = await AskDatabaseAsync().ConfigureAwait(false);
            _database = (clock.GetTimestamp(), isGood);
            return isGood;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<bool> AskDatabaseAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            // SQLite answers on the caller's thread, however long it takes.
            await Task.Run(() => database.ReadAsync(connection => connection.QueryFirstOrDefaultAsync<long>("SELECT id FROM users LIMIT 1"), limit.Token), limit.Token)
                .WaitAsync(Patience).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is DatabaseUnavailableException or OperationCanceledException or TimeoutException)
        {
            return false;
        }
    }

    private static Task WriteAsync(HttpContext context, int status, object body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body, context.RequestAborted);
    }
}

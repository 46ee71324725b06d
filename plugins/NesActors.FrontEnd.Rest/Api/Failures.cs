using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace NesActors.FrontEnd.Rest.Api;

/// <summary>Turns what goes wrong below into the problem that says so. Nothing of a request or of a message goes to the log.</summary>
internal sealed class Failures(ILogger<Failures> logger)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            logger.LogDebug("A client went away before its answer.");
        }
        catch (Exception e) when (context.Response.HasStarted)
        {
            // The client sees a stream that breaks off, and resumes; a clean end would be taken for the end of all.
            if (e is not ObjectDisposedException) Log(context, e);
            context.Abort();
        }
        catch (Exception e)
        {
            var (code, detail) = Describe(e);
            if (code.Status >= StatusCodes.Status500InternalServerError && code != ProblemCode.SessionUnavailable) Log(context, e);
            await Problem.WriteAsync(context, code, detail, (e as ProblemException)?.RetryAfter).ConfigureAwait(false);
        }
    }

    /// <summary>The problem that something that was thrown is.</summary>
    public static (ProblemCode Code, string Detail) Describe(Exception error) => error switch
    {
        ProblemException problem => (problem.Code, problem.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (ProblemCode.TooLarge, "The body is longer than is taken here."),
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => (ProblemCode.RequestTimeout, "The body came too slowly."),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => (ProblemCode.UnsupportedMediaType, "The Content-Type is none that is taken here."),
        BadHttpRequestException { InnerException: JsonException json } => (ProblemCode.InvalidRequest, $"The JSON is not what is expected here{At(json)}."),
        BadHttpRequestException or JsonException => (ProblemCode.InvalidRequest, "The request is not what is expected here."),
        ObjectDisposedException => (ProblemCode.SessionUnavailable, "The session has ended."),
        SqliteException => (ProblemCode.StorageUnavailable, "The gateway's memory cannot be read or written; nothing was done."),
        _ => (ProblemCode.InternalError, "The request could not be done because of a fault in the program; its log says which."),
    };

    /// <summary>The parser's message may quote what was sent; its place does not, but for the names of members.</summary>
    private static string At(JsonException error) => error.LineNumber is { } line ? $" (line {line + 1}, byte {error.BytePositionInLine + 1})" : "";

    private void Log(HttpContext context, Exception error) => logger.LogError(error, "{Method} {Route} failed.", context.Request.Method, context.GetEndpoint()?.DisplayName ?? "(no route)");
}

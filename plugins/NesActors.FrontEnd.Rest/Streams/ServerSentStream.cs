using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace NesActors.FrontEnd.Rest.Streams;

/// <summary>
/// Writes events as an answer without end (https://html.spec.whatwg.org/multipage/server-sent-events.html): first an id without an event, so that whoever is cut off before the first event can resume too;
/// and heart-beats, which carry an id where the position has moved over what is not there any more.
/// </summary>
/// <param name="context">The request.</param>
/// <param name="reader">The events.</param>
/// <param name="clock">The time.</param>
internal sealed class ServerSentStream(HttpContext context, EventReader reader, TimeProvider clock)
{
    public const string ContentType = "text/event-stream";

    /// <summary>After what time a browser makes the line again by itself, in milliseconds.</summary>
    private const int Retry = 2000;

    private readonly PipeWriter _writer = context.Response.BodyWriter;
    private long _lastId = reader.Position;

    /// <summary>Writes until there is an end.</summary>
    /// <param name="ended">The end.</param>
    /// <returns>Whether it ended because the reader did not take what was written.</returns>
    /// <exception cref="ObjectDisposedException">The session has ended.</exception>
    public async Task<bool> RunAsync(CancellationToken ended)
    {
        context.Response.ContentType = ContentType;
        // Asks nginx not to keep events back.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        // How slow a reader may be is decided here.
        context.Features.Get<IHttpMinResponseDataRateFeature>()?.MinDataRate = null;
        try
        {
            Write(string.Create(CultureInfo.InvariantCulture, $"retry: {Retry}\nid: {_lastId}\n\n"));
            while (await FlushAsync(ended).ConfigureAwait(false)) Write(await reader.NextAsync(ended).ConfigureAwait(false));
            return true;
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Write(IReadOnlyList<EventFrame> events)
    {
        foreach (var frame in events) _writer.Write(frame.ServerSent.Span);
        if (events.Count > 0) _lastId = events[^1].Cursor;
        else if (_lastId == reader.Position) Write(":\n\n");
        else Write(string.Create(CultureInfo.InvariantCulture, $":\nid: {_lastId = reader.Position}\n\n"));
    }

    private void Write(string text) => Encoding.ASCII.GetBytes(text, _writer);

    /// <returns>Whether the reader takes it.</returns>
    private async ValueTask<bool> FlushAsync(CancellationToken ended)
    {
        var flush = _writer.FlushAsync(CancellationToken.None);
        if (flush.IsCompletedSuccessfully) return true;
        try
        {
            await flush.AsTask().WaitAsync(SlowReaders.Patience, clock, ended).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // What is half written can be neither finished nor taken back.
            context.Abort();
            if (e is TimeoutException) return false;
            throw;
        }
    }
}

using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using NesActors.FrontEnd.Rest.Access;
using NesActors.FrontEnd.Rest.Access.Limits;
using NesActors.FrontEnd.Rest.Api.Description;
using NesActors.FrontEnd.Rest.Operating;
using NesActors.FrontEnd.Rest.Streams;

namespace NesActors.FrontEnd.Rest.Api;

/// <summary><c>/v1/events</c>: the events of the log, as they happen.</summary>
internal static class EventsApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/events", StreamAsync).WithTags("events").Requires(Scope.Read)
        .Produces<string>(StatusCodes.Status200OK, ServerSentStream.ContentType).WithName("streamEvents").Fails(ProblemCode.InvalidValue, ProblemCode.SessionUnavailable).WithSummary("Server-sent events: messages that come, states of those that go out, contacts, the connection; resumes behind a cursor");

    private static async Task StreamAsync(
        Caller caller,
        HttpContext context,
        [Description("A cursor: what happened behind it, then what happens; without one, from now on")] string? after,
        [FromHeader(Name = "Last-Event-ID"), Description("The `id` of the last event that was seen; goes before `after`")] string? lastEventId,
        StreamSlots slots,
        SlowReaders slow,
        TimeProvider clock)
    {
        Parameters.Only(context.Request, "after");
        var feed = caller.Feed;
        var position = await StartAsync(feed, after, lastEventId, context.RequestAborted).ConfigureAwait(false);
        using var slot = slots.Enter(caller, StreamKind.Sse);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, caller.Ended, feed.Ended);
        if (await new ServerSentStream(context, new EventReader(feed, position), clock).RunAsync(ended.Token).ConfigureAwait(false)) slow.Cut(StreamKind.Sse);
    }

    /// <summary>A client that makes the line again by itself asks for the same address with the last id that came: that is newer then.</summary>
    private static async Task<long> StartAsync(EventFeed feed, string? after, string? lastEventId, CancellationToken cancellation)
    {
        var (first, last) = (StartPosition.Parse(after, "after"), StartPosition.Parse(string.IsNullOrEmpty(lastEventId) ? null : lastEventId, "Last-Event-ID"));
        if (last is { } id) return await StartPosition.CheckAsync(feed, id, "Last-Event-ID", cancellation).ConfigureAwait(false);
        return first is { } cursor ? await StartPosition.CheckAsync(feed, cursor, "after", cancellation).ConfigureAwait(false) : feed.Newest;
    }
}

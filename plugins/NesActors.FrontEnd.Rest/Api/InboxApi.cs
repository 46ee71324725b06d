using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Access;
using NesActors.FrontEnd.Rest.Access.Limits;
using NesActors.FrontEnd.Rest.Api.Description;
using NesActors.FrontEnd.Rest.Api.Views;
using NesActors.FrontEnd.Rest.Operating;
using NesActors.FrontEnd.Rest.Streams;

namespace NesActors.FrontEnd.Rest.Api;

/// <summary><c>/v1/inbox</c>: messages behind a cursor, for those who ask again and again.</summary>
internal static class InboxApi
{
    private const int MaxLimit = 500, DefaultLimit = 100, MaxWait = 60;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/inbox", ReadAsync).WithName("readInbox").WithTags("events").Requires(Scope.Read).Fails(ProblemCode.InvalidValue, ProblemCode.SessionUnavailable)
        .WithSummary("Messages that came, behind a cursor; waits for one where there is none. Reading consumes nothing");

    private static async Task<Ok<InboxView>> ReadAsync(
        Caller caller,
        HttpRequest request,
        [Description("The cursor `next` of the answer before; without one, from the first message that the log has")] string? after,
        [Description("How many at most, 1 to 500; 100")] string? limit,
        [Description("Where there is none: how many seconds to wait for one, up to 60; 0")] string? wait,
        StreamSlots slots,
        TimeProvider clock,
        CancellationToken cancellation)
    {
        Parameters.Only(request, "after", "limit", "wait");
        var most = Parameters.Number(limit, "limit", 1, MaxLimit, DefaultLimit);
        var patience = TimeSpan.FromSeconds(Parameters.Number(wait, "wait", 0, MaxWait, 0));
        var position = await StartPosition.CheckAsync(caller.Feed, StartPosition.Parse(after, "after") ?? 0, "after", cancellation).ConfigureAwait(false);
        var inbox = new Inbox(caller.Feed);
        var found = await inbox.ReadAsync(position, most, cancellation).ConfigureAwait(false);
        if (found.Messages.Count == 0 && patience > TimeSpan.Zero)
        {
            using var slot = slots.Enter(caller, StreamKind.LongPoll);
            using var limited = new CancellationTokenSource(patience, clock);
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limited.Token, caller.Ended, caller.Feed.Ended);
            found = await inbox.WaitAsync(found.Next, most, waiting.Token, cancellation).ConfigureAwait(false);
        }
        // Whoever was let in may not be any more.
        if (caller.Ended.IsCancellationRequested) throw new ProblemException(ProblemCode.Unauthorized, "The token has ended.");
        return TypedResults.Ok(new InboxView([.. found.Messages.Select(View)], found.Next));
    }

    private static MessageView View(MessageReceived received) => MessageView.Of(received.Message) with { Cursor = received.Cursor };

    /// <param name="Messages">The messages, the oldest first.</param>
    /// <param name="Next">The cursor to ask with for those behind them.</param>
    private sealed record InboxView(IReadOnlyList<MessageView> Messages, long Next);
}

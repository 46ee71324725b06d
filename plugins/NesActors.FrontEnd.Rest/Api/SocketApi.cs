using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NesActors.FrontEnd.Rest.Access;
using NesActors.FrontEnd.Rest.Access.Limits;
using NesActors.FrontEnd.Rest.Api.Description;
using NesActors.FrontEnd.Rest.Operating;
using NesActors.FrontEnd.Rest.Streams;
using NesActors.FrontEnd.Rest.Streams.Sockets;

namespace NesActors.FrontEnd.Rest.Api;

/// <summary><c>/v1/ws</c>: events and sending over a WebSocket.</summary>
internal static class SocketApi
{
    /// <summary>The subprotocol: what goes over the socket is as the documentation of this version says.</summary>
    private const string Protocol = "nes.v1";

    private const string Path = "/v1/ws";

    /// <summary>A connection that does not answer is dead.</summary>
    public static readonly WebSocketOptions Options = new() { KeepAliveInterval = TimeSpan.FromSeconds(15), KeepAliveTimeout = TimeSpan.FromSeconds(30) };

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ServeAsync).WithTags("events").Requires(Scope.Read).Produces(StatusCodes.Status101SwitchingProtocols)
            .WithName("openSocket").Fails(ProblemCode.UpgradeRequired, ProblemCode.InvalidValue, ProblemCode.SessionUnavailable)
            .WithSummary("The same events over a WebSocket, and sending");
        // So HTTP/2 asks for one (RFC 8441).
        routes.MapMethods(Path, [HttpMethods.Connect], ServeAsync).Requires(Scope.Read).ExcludeFromDescription();
    }

    private static async Task ServeAsync(
        Caller caller,
        HttpContext context,
        [Description("A cursor: what happened behind it, then what happens; without one, from now on")] string? after,
        StreamSlots slots,
        SlowReaders slow,
        RequestLimits limits,
        TimeProvider clock)
    {
        Parameters.Only(context.Request, "after");
        var protocol = ProtocolOf(context);
        var feed = caller.Feed;
        var position = StartPosition.Parse(after, "after") is { } cursor ? await StartPosition.CheckAsync(feed, cursor, "after", context.RequestAborted).ConfigureAwait(false) : feed.Newest;
        using var slot = slots.Enter(caller, StreamKind.Ws);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, caller.Ended, feed.Ended);
        using var socket = new TextSocket(await context.WebSockets.AcceptWebSocketAsync(protocol).ConfigureAwait(false), clock);
        var events = new EventSocket(socket, new EventReader(feed, position), new SocketOrders(caller, limits));
        if (await events.RunAsync(() => caller.Ended.IsCancellationRequested ? SocketEnd.TokenEnded : SocketEnd.GoingAway, ended.Token).ConfigureAwait(false)) slow.Cut(StreamKind.Ws);
    }

    /// <exception cref="ProblemException">It is no WebSocket that is asked for, or one of another protocol.</exception>
    private static string? ProtocolOf(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.Headers.Upgrade = "websocket";
            throw new ProblemException(ProblemCode.UpgradeRequired, "This is a WebSocket; GET /v1/events has the same events.");
        }
        var wanted = context.WebSockets.WebSocketRequestedProtocols;
        return wanted.Count == 0 ? null : wanted.Contains(Protocol) ? Protocol : throw ProblemException.Invalid($"Sec-WebSocket-Protocol: {Protocol}, or none");
    }
}

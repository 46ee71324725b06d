using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Access;
using NesActors.FrontEnd.Rest.Api.Description;
using NesActors.FrontEnd.Rest.Api.Views;
using NesActors.FrontEnd.Rest.Sending;
using NesActors.FrontEnd.Rest.Sending.Idempotency;

namespace NesActors.FrontEnd.Rest.Api;

/// <summary><c>/v1/messages</c>: sending, and how it goes on.</summary>
internal static class MessagesApi
{
    private const int MaxPatience = 300, DefaultPatience = 30;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var messages = routes.MapGroup("/v1/messages").WithTags("messages").Fails(ProblemCode.InvalidValue, ProblemCode.SessionUnavailable);
        messages.MapPost("", SendAsync).WithName("sendMessage").Requires(Scope.Send).Accepts<NewMessage>(SendBody.Json, SendBody.Plain).Produces<SentMessages>(StatusCodes.Status202Accepted)
            .WithSummary("Sends a text to one or several people").Fails(SendProblems.All).Fails(ProblemCode.IdempotencyConflict, ProblemCode.StorageUnavailable);
        messages.MapGet("/{id}", FindAsync).WithName("getMessage").Fails(ProblemCode.NotFound).RequiresAnyScope().Produces<MessageView>().WithSummary("A message and how far it has come; without its text for a token that may not read");
        messages.MapDelete("/{id}", DeleteAsync).WithName("deleteMessage").Fails(ProblemCode.NotFound, ProblemCode.Conflict).Requires(Scope.Admin).Produces(StatusCodes.Status204NoContent).WithSummary("Deletes a message here; the other side keeps theirs");
    }

    private static async Task<IResult> SendAsync(
        Caller caller,
        HttpRequest request,
        [FromQuery, Description("With text/plain: to whom; several times for several people")] string[]? to,
        [Description("Answer when each message is `published` or `delivered`, or can come no further")] string? wait,
        [Description("How many seconds to wait for that, 1 to 300; 30")] string? timeout,
        [Description("`true`, with wait=published: what has not left by then is taken back")] string? withdraw,
        [FromHeader(Name = "Idempotency-Key"), Description("1 to 255 visible ASCII characters: the request is done once under them, however often it is made")] string? key,
        CancellationToken cancellation)
    {
        Parameters.Only(request, "to", "wait", "timeout", "withdraw");
        var body = await SendBody.ReadAsync(request, to ?? [], cancellation).ConfigureAwait(false);
        var order = Waiting(SendOrder.Of(body.To.Names, body.Text), wait, timeout, withdraw);
        var results = await caller.Identity.Sender.SendAsync(caller, order, IdempotencyKey.Of(caller, key), cancellation).ConfigureAwait(false);
        return results is [{ State: MessageState.Failed } failed] ? SendProblems.Of(failed) : TypedResults.Accepted((string?)null, new SentMessages(results));
    }

    private static SendOrder Waiting(SendOrder order, string? wait, string? timeout, string? withdraw)
    {
        var until = wait switch
        {
            null => (MessageState?)null,
            "published" => MessageState.Published,
            "delivered" => MessageState.Delivered,
            _ => throw ProblemException.Invalid("wait: published or delivered"),
        };
        var isTakenBack = Parameters.Flag(withdraw, "withdraw");
        if (timeout is not null && until is null) throw ProblemException.Invalid("timeout: only with wait=published or wait=delivered");
        if (isTakenBack && until != MessageState.Published) throw ProblemException.Invalid("withdraw: only with wait=published");
        return order with { Until = until, Withdraw = isTakenBack, Patience = TimeSpan.FromSeconds(Parameters.Number(timeout, "timeout", 1, MaxPatience, DefaultPatience)) };
    }

    private static async Task<IResult> FindAsync(Caller caller, HttpRequest request, string id, CancellationToken cancellation)
    {
        Parameters.Only(request);
        var mayRead = caller.Scopes.HasFlag(Scope.Read);
        if (!mayRead && !caller.Scopes.HasFlag(Scope.Send)) return Problem.Of(ProblemCode.Forbidden, "The token has neither send nor read.");
        if (await caller.Messenger.FindAsync(Parameters.Message(id, "id"), cancellation).ConfigureAwait(false) is not { } message) return NotFound();
        if (mayRead) return TypedResults.Ok(MessageView.Of(message));
        // Who may send alone learns how that goes on, and nothing of what others write.
        return message.Direction == MessageDirection.Outgoing && caller.MaySendTo(message.Contact) ? TypedResults.Ok(MessageView.Of(message) with { Text = null }) : NotFound();
    }

    private static async Task<IResult> DeleteAsync(Caller caller, HttpRequest request, string id, CancellationToken cancellation)
    {
        Parameters.Only(request);
        var message = Parameters.Message(id, "id");
        if (await caller.Messenger.DeleteMessageAsync(message, cancellation).ConfigureAwait(false)) return TypedResults.NoContent();
        return await caller.Messenger.FindAsync(message, cancellation).ConfigureAwait(false) is null ? NotFound() : Problem.Of(ProblemCode.Conflict, "The message still waits to go out; it can be deleted when it has left or failed.");
    }

    private static ProblemHttpResult NotFound() => Problem.Of(ProblemCode.NotFound, "There is no such message, or not any more.");

    private sealed record SentMessages(IReadOnlyList<SendResult> Messages);
}

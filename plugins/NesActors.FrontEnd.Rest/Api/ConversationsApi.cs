using System.ComponentModel;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Access;
using NesActors.FrontEnd.Rest.Api.Description;
using NesActors.FrontEnd.Rest.Api.Views;

namespace NesActors.FrontEnd.Rest.Api;

/// <summary><c>/v1/conversations</c>: what was said, with whom, and what becomes of it here.</summary>
internal static class ConversationsApi
{
    private const int DefaultLimit = 50, MaxLimit = 200, MaxSearch = 256;

    /// <summary>A hundred years, as <c>nes forget --after</c> takes them.</summary>
    private const long MaxSeconds = 36500L * 24 * 60 * 60;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var conversations = routes.MapGroup("/v1/conversations").WithTags("conversations").Fails(ProblemCode.InvalidValue, ProblemCode.SessionUnavailable);
        conversations.MapGet("", ListAsync).WithName("listConversations").Requires(Scope.Read).WithSummary("All contacts with the last message of each, the newest first");
        conversations.MapGet("/{name}/messages", MessagesAsync).WithName("listMessages").Fails(ProblemCode.NotFound).Requires(Scope.Read).WithSummary("The messages with somebody, the oldest first; or those that hold a text");
        conversations.MapPut("/{name}/read", ReadAsync).WithName("markRead").Fails(ProblemCode.NotFound).Requires(Scope.Read).Produces(StatusCodes.Status204NoContent).WithSummary("Marks what came from somebody as read");
        conversations.MapPut("/{name}/disappear", DisappearAsync).WithName("letDisappear").Fails(ProblemCode.NotFound).Requires(Scope.Admin).Produces(StatusCodes.Status204NoContent).WithSummary("Lets messages be deleted here after a time; disappear_after_seconds of the contact tells it");
        conversations.MapDelete("/{name}", DeleteAsync).WithName("deleteConversation").Fails(ProblemCode.NotFound).Requires(Scope.Admin).WithSummary("Deletes the messages with somebody here; the other side keeps theirs");
    }

    private static async Task<Ok<ConversationList>> ListAsync(Caller caller, HttpRequest request, CancellationToken cancellation)
    {
        Parameters.Only(request);
        var all = new List<(Contact Contact, StoredMessage? Last)>();
        foreach (var contact in await caller.Messenger.ContactsAsync(cancellation).ConfigureAwait(false))
            all.Add((contact, (await caller.Messenger.HistoryAsync(contact.User, before: null, after: null, limit: 1, cancellation).ConfigureAwait(false)).SingleOrDefault()));
        return TypedResults.Ok(new ConversationList([
            .. all.OrderByDescending(one => one.Last?.RecordedAt).ThenBy(one => one.Contact.User)
                .Select(one => new ConversationView(ContactView.Of(one.Contact), one.Last is { } last ? MessageView.Of(last) : null)),
        ]));
    }

    private static async Task<Ok<MessageList>> MessagesAsync(
        Caller caller,
        HttpRequest request,
        string name,
        [Description("The id of a message: the last ones before it")] string? before,
        [Description("The id of a message: the first ones behind it")] string? after,
        [Description("How many at most, 1 to 200; 50")] string? limit,
        [Description("Only messages that hold this text: the newest of them")] string? q,
        CancellationToken cancellation)
    {
        Parameters.Only(request, "before", "after", "limit", "q");
        var (last, first) = (Parameters.MessageOrNone(before, "before"), Parameters.MessageOrNone(after, "after"));
        var count = Parameters.Number(limit, "limit", 1, MaxLimit, DefaultLimit);
        if (q is { Length: 0 or > MaxSearch }) throw ProblemException.Invalid($"q: 1 to {MaxSearch} characters");
        if (q is not null && first is not null) throw ProblemException.Invalid("after: not with q, which finds the newest; page with before");
        var user = (await Contacts.RequireAsync(caller, name, cancellation).ConfigureAwait(false)).User;
        await ExpectAsync(caller, user, last, "before", cancellation).ConfigureAwait(false);
        await ExpectAsync(caller, user, first, "after", cancellation).ConfigureAwait(false);
        var messages = q is null
            ? await caller.Messenger.HistoryAsync(user, last, first, count, cancellation).ConfigureAwait(false)
            : [.. (await caller.Messenger.SearchAsync(q, user, last, count, cancellation).ConfigureAwait(false)).Reverse()];
        return TypedResults.Ok(new MessageList([.. messages.Select(MessageView.Of)]));
    }

    private static async Task<NoContent> ReadAsync(Caller caller, HttpRequest request, string name, ReadUpTo? read, CancellationToken cancellation)
    {
        Parameters.Only(request);
        var last = Parameters.MessageOrNone(read?.UpTo, "up_to");
        var user = (await Contacts.RequireAsync(caller, name, cancellation).ConfigureAwait(false)).User;
        await ExpectAsync(caller, user, last, "up_to", cancellation).ConfigureAwait(false);
        await caller.Messenger.MarkReadAsync(user, last, cancellation).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> DisappearAsync(Caller caller, HttpRequest request, string name, Disappearing wanted, CancellationToken cancellation)
    {
        Parameters.Only(request);
        if (wanted.AfterSeconds is < 1 or > MaxSeconds) throw ProblemException.Invalid($"after_seconds: from 1 to {MaxSeconds}; null: as long as the settings say");
        var user = (await Contacts.RequireAsync(caller, name, cancellation).ConfigureAwait(false)).User;
        await caller.Messenger.DisappearAsync(user, wanted.AfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null, cancellation).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Deleted>> DeleteAsync(Caller caller, HttpRequest request, string name, CancellationToken cancellation)
    {
        Parameters.Only(request);
        var user = (await Contacts.RequireAsync(caller, name, cancellation).ConfigureAwait(false)).User;
        return TypedResults.Ok(new Deleted(await caller.Messenger.DeleteConversationAsync(user, cancellation).ConfigureAwait(false)));
    }

    /// <summary>Whoever pages from a message that is gone would otherwise take an empty page for the end.</summary>
    private static async Task ExpectAsync(Caller caller, Username user, MessageId? id, string name, CancellationToken cancellation)
    {
        if (id is { } message && (await caller.Messenger.FindAsync(message, cancellation).ConfigureAwait(false))?.Contact != user)
            throw new ProblemException(ProblemCode.NotFound, $"{name}: there is no such message with {user}, or not any more.");
    }

    private sealed record ConversationView(ContactView Contact, MessageView? Last);

    private sealed record ConversationList(IReadOnlyList<ConversationView> Conversations);

    private sealed record MessageList(IReadOnlyList<MessageView> Messages);

    private sealed record ReadUpTo(string? UpTo = null);

    private sealed record Disappearing([property: JsonRequired] long? AfterSeconds);

    private sealed record Deleted([property: JsonPropertyName("deleted")] int Count);
}

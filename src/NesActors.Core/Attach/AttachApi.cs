using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using NesActors.Contracts;
using NesActors.Core.Storage;
using NesActors.Core.Storage.State;
using static NesActors.Core.Attach.AttachProtocol;

namespace NesActors.Core.Attach;

/// <summary>Answers the calls of those who are attached. Whatever they send, the session goes on.</summary>
internal sealed class AttachApi(IMessenger messenger, IMessageStore store, OwnerInfo owner, Func<string?>? unpublished)
{
    private static readonly AttachJson Json = AttachJson.Default;

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await AnswerAsync(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone.
        }
        catch (Exception e)
        {
            if (context.Response.HasStarted) context.Abort();
            else await FailAsync(context, FailureOf(e)).ConfigureAwait(false);
        }
    }

    private Task AnswerAsync(HttpContext context)
    {
        var version = context.Request.Headers[AttachProtocol.VersionHeader].ToString();
        if (version != OwnerInfo.ProgramVersion)
        {
            return FailAsync(context, new Failure(FailureKind.Version, $"process {owner.ProcessId}, which runs the session, is version {OwnerInfo.ProgramVersion}"));
        }
        return context.Request.Path.Value switch
        {
            Paths.Session => On(context, Json.Nothing, Json.Greeting, (_, _) => Task.FromResult(new Greeting(owner with { Unpublished = unpublished?.Invoke() }, store.LastCursor, messenger.MyFingerprint))),
            Paths.Send => On(context, Json.Sends, Json.Boolean, (sends, stop) => Done(Task.WhenAll(sends.All.Select(send => messenger.SendAsync(send.Id, send.To, send.Text, stop)).ToList()))),
            Paths.Settle => On(context, Json.Settle, Json.StoredMessage, (settle, stop) => messenger.SettleAsync(settle.Id, settle.Timeout, stop)),
            Paths.Wait => On(context, Json.Wait, Json.StoredMessage, (wait, stop) => messenger.WaitAsync(wait.Id, wait.Until, wait.Timeout, stop)),
            Paths.Events => EventsAsync(context),
            Paths.EventPage => On(
                context, Json.OfEventPage, Json.EventLines, async (of, stop) => EventLines.Of(await messenger.EventPageAsync(of.After, of.Limit, of.ArrivalsOnly, stop).ConfigureAwait(false))),
            Paths.Find => On(context, Json.OfMessage, Json.Found, async (find, stop) => new Found(await messenger.FindAsync(find.Id, stop).ConfigureAwait(false))),
            Paths.History => On(context, Json.History, Json.IReadOnlyListStoredMessage, (of, stop) => messenger.HistoryAsync(of.Contact, of.Before, of.After, of.Limit, stop)),
            Paths.Search => On(
                context, Json.Search, Json.IReadOnlyListStoredMessage, (search, stop) => messenger.SearchAsync(search.Text, search.Contact, search.Before, search.Limit, stop)),
            Paths.DeleteMessage => On(context, Json.OfMessage, Json.Boolean, (of, stop) => messenger.DeleteMessageAsync(of.Id, stop)),
            Paths.DeleteConversation => On(context, Json.OfContact, Json.Int32, (of, stop) => messenger.DeleteConversationAsync(of.Contact, stop)),
            Paths.Disappear => On(context, Json.Disappear, Json.Boolean, (of, stop) => Done(messenger.DisappearAsync(of.Contact, of.After, stop))),
            Paths.Contacts => On(context, Json.Nothing, Json.IReadOnlyListContact, (_, stop) => messenger.ContactsAsync(stop)),
            Paths.Unread => On(context, Json.Unread, Json.IReadOnlyListMessageReceived, (unread, stop) => messenger.UnreadAsync(unread.Limit, stop)),
            Paths.MarkRead => On(context, Json.MarkRead, Json.Boolean, (read, stop) => Done(messenger.MarkReadAsync(read.Contact, read.UpTo, stop))),
            Paths.Contact => On(context, Json.OfContact, Json.Contact, (of, stop) => messenger.ContactAsync(of.Contact, stop)),
            Paths.LookUp => On(context, Json.OfContact, Json.KeyLookUp, (of, stop) => messenger.LookUpAsync(of.Contact, stop)),
            Paths.ChangeContact => On(context, Json.ChangeContact, Json.Changed, async (of, stop) => new Changed(await ChangeAsync(of, stop).ConfigureAwait(false))),
            Paths.Status => On(context, Json.Nothing, Json.MessengerStatus, (_, stop) => messenger.StatusAsync(stop)),
            _ => FailAsync(context, new Failure(FailureKind.Argument, "There is no such call.")),
        };
    }

    private Task<Contact?> ChangeAsync(ChangeContact of, CancellationToken stop) =>
        messenger.ChangeContactAsync(of.Contact, of.Decision.ToChange() ?? throw new JsonException(), stop);

    private static async Task On<TRequest, TAnswer>(
        HttpContext context, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TAnswer> answerType, Func<TRequest, CancellationToken, Task<TAnswer>> call)
    {
        var request = await ReadAsync(context, requestType).ConfigureAwait(false);
        var answer = await call(request, context.RequestAborted).ConfigureAwait(false);
        await JsonSerializer.SerializeAsync(context.Response.Body, answer, answerType, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Lines until whoever asked goes, or the session ends; then the stream breaks off, so that nobody takes it for the end of all events.</summary>
    private async Task EventsAsync(HttpContext context)
    {
        var request = await ReadAsync(context, Json.Events).ConfigureAwait(false);
        await context.Response.StartAsync(context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        await foreach (var happened in messenger.EventsAsync(request.After, context.RequestAborted).ConfigureAwait(false))
        {
            await JsonSerializer.SerializeAsync(context.Response.Body, EventLine.Of(happened), Json.EventLine, context.RequestAborted).ConfigureAwait(false);
            await context.Response.Body.WriteAsync("\n"u8.ToArray(), context.RequestAborted).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type) =>
        await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted).ConfigureAwait(false) ?? throw new JsonException();

    private static async Task<bool> Done(Task task)
    {
        await task.ConfigureAwait(false);
        return true;
    }

    private static Failure FailureOf(Exception error) => error switch
    {
        ObjectDisposedException => new Failure(FailureKind.Ended, "The session has ended."),
        KeyNotFoundException => new Failure(FailureKind.NotFound, error.Message),
        JsonException or BadHttpRequestException => new Failure(FailureKind.Argument, "The request cannot be read."),
        ArgumentException => new Failure(FailureKind.Argument, error.Message),
        StateException => new Failure(FailureKind.State, error.Message),
        _ => new Failure(FailureKind.Fault, error.GetType().Name),
    };

    private static Task FailAsync(HttpContext context, Failure failure)
    {
        context.Response.StatusCode = failure.Kind switch
        {
            FailureKind.Ended => StatusCodes.Status503ServiceUnavailable,
            FailureKind.Version => StatusCodes.Status409Conflict,
            FailureKind.NotFound => StatusCodes.Status404NotFound,
            FailureKind.Argument => StatusCodes.Status400BadRequest,
            _ => StatusCodes.Status500InternalServerError,
        };
        return JsonSerializer.SerializeAsync(context.Response.Body, failure, Json.Failure, context.RequestAborted);
    }
}

using Microsoft.AspNetCore.Http;
using NesActors.Contracts;
using NesActors.Core.Attach.Wire;
using NesActors.Core.Storage;
using NesActors.Core.Storage.State;
using Paths = NesActors.Core.Attach.AttachProtocol.Paths;

namespace NesActors.Core.Attach;

/// <summary>Answers the calls of those who are attached. Whatever they send, the session goes on.</summary>
internal sealed class AttachApi(IMessenger messenger, IMessageStore store, OwnerInfo owner, Func<string?>? unpublished, CommandAnswer? commands)
{
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
        // Of another build its process runs the command itself, and hears then what is wrong.
        if (context.Request.Path == Paths.Command && commands is not null) return commands.HandleAsync(context);
        var version = context.Request.Headers[AttachProtocol.VersionHeader].ToString();
        if (version != OwnerInfo.ProgramVersion)
        {
            return FailAsync(context, new Failure(FailureKind.Version, $"process {owner.ProcessId}, which runs the session, is version {OwnerInfo.ProgramVersion}"));
        }
        return context.Request.Path.Value switch
        {
            Paths.Session => On(context, Nothing.Read, Greeting.Write, (_, _) => Task.FromResult(new Greeting(owner with { Unpublished = unpublished?.Invoke() }, store.LastCursor, messenger.MyFingerprint))),
            Paths.Send => On(context, Sends.Read, (sends, stop) => Task.WhenAll(sends.All.Select(send => messenger.SendAsync(send.Id, send.To, send.Text, stop)).ToList())),
            Paths.Settle => On(context, Settle.Read, MessageWire.Write, (settle, stop) => messenger.SettleAsync(settle.Id, settle.Timeout, stop)),
            Paths.Wait => On(context, Wait.Read, MessageWire.Write, (wait, stop) => messenger.WaitAsync(wait.Id, wait.Until, wait.Timeout, stop)),
            Paths.Events => EventsAsync(context),
            Paths.EventPage => On(context, OfEventPage.Read, EventWire.WritePage, (of, stop) => messenger.EventPageAsync(of.After, of.Limit, of.ArrivalsOnly, stop)),
            Paths.Find => On(context, OfMessage.Read, MessageWire.WriteOptional, (find, stop) => messenger.FindAsync(find.Id, stop)),
            Paths.History => OnList(context, History.Read, MessageWire.Write, (of, stop) => messenger.HistoryAsync(of.Contact, of.Before, of.After, of.Limit, stop)),
            Paths.Search => OnList(context, Search.Read, MessageWire.Write, (search, stop) => messenger.SearchAsync(search.Text, search.Contact, search.Before, search.Limit, stop)),
            Paths.DeleteMessage => On(context, OfMessage.Read, (to, deleted) => to.Write(deleted), (of, stop) => messenger.DeleteMessageAsync(of.Id, stop)),
            Paths.DeleteConversation => On(context, OfContact.Read, (to, deleted) => to.Write(deleted), (of, stop) => messenger.DeleteConversationAsync(of.Contact, stop)),
            Paths.Disappear => On(context, Disappear.Read, (of, stop) => messenger.DisappearAsync(of.Contact, of.After, stop)),
            Paths.Contacts => OnList(context, Nothing.Read, ContactWire.Write, (_, stop) => messenger.ContactsAsync(stop)),
            Paths.Unread => OnList(context, Unread.Read, EventWire.Write, (unread, stop) => messenger.UnreadAsync(unread.Limit, stop)),
            Paths.MarkRead => On(context, MarkRead.Read, (read, stop) => messenger.MarkReadAsync(read.Contact, read.UpTo, stop)),
            Paths.Contact => On(context, OfContact.Read, ContactWire.Write, (of, stop) => messenger.ContactAsync(of.Contact, stop)),
            Paths.LookUp => On(context, OfContact.Read, ContactWire.WriteLookUp, (of, stop) => messenger.LookUpAsync(of.Contact, stop)),
            Paths.ChangeContact => On(context, ChangeContact.Read, ContactWire.WriteOptional, (of, stop) => messenger.ChangeContactAsync(of.Contact, of.Change, stop)),
            Paths.Status => On(context, Nothing.Read, StatusWire.Write, (_, stop) => messenger.StatusAsync(stop)),
            _ => FailAsync(context, new Failure(FailureKind.Argument, "There is no such call.")),
        };
    }

    private static async Task On<TRequest>(HttpContext context, Func<BinaryReader, TRequest> read, Func<TRequest, CancellationToken, Task> call)
    {
        await call(await AttachBody.ReadAsync(context, read).ConfigureAwait(false), context.RequestAborted).ConfigureAwait(false);
        await AttachBody.WriteAsync(context, _ => { }).ConfigureAwait(false);
    }

    private static async Task On<TRequest, TAnswer>(
        HttpContext context, Func<BinaryReader, TRequest> read, Action<BinaryWriter, TAnswer> write, Func<TRequest, CancellationToken, Task<TAnswer>> call)
    {
        var answer = await call(await AttachBody.ReadAsync(context, read).ConfigureAwait(false), context.RequestAborted).ConfigureAwait(false);
        await AttachBody.WriteAsync(context, to => write(to, answer)).ConfigureAwait(false);
    }

    private static async Task OnList<TRequest, TItem>(
        HttpContext context, Func<BinaryReader, TRequest> read, Action<BinaryWriter, TItem> write, Func<TRequest, CancellationToken, Task<IReadOnlyList<TItem>>> call)
    {
        var items = await call(await AttachBody.ReadAsync(context, read).ConfigureAwait(false), context.RequestAborted).ConfigureAwait(false);
        await AttachBody.WriteListAsync(context, items, write).ConfigureAwait(false);
    }

    /// <summary>Events until whoever asked goes, or the session ends; then the stream breaks off, so that nobody takes it for the end of all events.</summary>
    private async Task EventsAsync(HttpContext context)
    {
        var request = await AttachBody.ReadAsync(context, Events.Read).ConfigureAwait(false);
        await context.Response.StartAsync(context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        await foreach (var happened in messenger.EventsAsync(request.After, context.RequestAborted).ConfigureAwait(false))
        {
            await AttachBody.WriteBehindLengthAsync(context, to => EventWire.Write(to, happened)).ConfigureAwait(false);
        }
    }

    private static Failure FailureOf(Exception error) => error switch
    {
        ObjectDisposedException => new Failure(FailureKind.Ended, "The session has ended."),
        KeyNotFoundException => new Failure(FailureKind.NotFound, error.Message),
        InvalidDataException or BadHttpRequestException => new Failure(FailureKind.Argument, "The request cannot be read."),
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
        return AttachBody.WriteAsync(context, to => Failure.Write(to, failure));
    }
}

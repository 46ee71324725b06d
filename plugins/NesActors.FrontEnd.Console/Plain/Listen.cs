using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Console.Output;

namespace NesActors.FrontEnd.Console.Plain;

/// <summary>
/// Prints what has arrived and was not read, then what arrives, until it is told to end. Each message is marked read when it is printed: one that was not, whatever
/// ended the program, is printed by the next.
/// </summary>
internal sealed class Listen(FrontEndRequest request, IMessenger messenger, OutputLines lines)
{
    private const int PageSize = 100;

    /// <summary>Runs for ever.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var printer = await Printers.CreateAsync(request, messenger, lines, cancellation).ConfigureAwait(false);
        var printed = await PrintUnreadAsync(printer, cancellation).ConfigureAwait(false);
        await foreach (var happened in messenger.EventsAsync(messenger.StartCursor, cancellation).ConfigureAwait(false))
        {
            if (!printed.Remove(happened.Cursor)) await PrintAsync(printer, happened, cancellation).ConfigureAwait(false);
        }
        cancellation.ThrowIfCancellationRequested();
        throw new ObjectDisposedException(nameof(IMessenger));
    }

    /// <returns>What of it arrived since the session began: the log tells of it once more.</returns>
    private async Task<HashSet<long>> PrintUnreadAsync(IEventPrinter printer, CancellationToken cancellation)
    {
        var again = new HashSet<long>();
        while (await messenger.UnreadAsync(PageSize, cancellation).ConfigureAwait(false) is { Count: > 0 } unread)
        {
            foreach (var received in unread)
            {
                await PrintAsync(printer, received, cancellation).ConfigureAwait(false);
                if (received.Cursor > messenger.StartCursor) again.Add(received.Cursor);
            }
        }
        return again;
    }

    private async Task PrintAsync(IEventPrinter printer, MessengerEvent happened, CancellationToken cancellation)
    {
        await printer.PrintAsync(happened, cancellation).ConfigureAwait(false);
        if (happened is MessageReceived { Message: var message }) await messenger.MarkReadAsync(message.Contact, message.Id, cancellation).ConfigureAwait(false);
    }
}

using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Console.Output;

namespace NesActors.FrontEnd.Console.Plain;

/// <summary>Prints what arrives until it is told to end, and marks it read.</summary>
internal sealed class Listen(FrontEndRequest request, IMessenger messenger, OutputLines lines)
{
    /// <summary>Runs for ever.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var printer = await Printers.CreateAsync(request, messenger, lines, cancellation).ConfigureAwait(false);
        await foreach (var happened in messenger.EventsAsync(messenger.StartCursor, cancellation).ConfigureAwait(false))
        {
            await printer.PrintAsync(happened, cancellation).ConfigureAwait(false);
            if (happened is MessageReceived received) await messenger.MarkReadAsync(received.Message.Contact, cancellation).ConfigureAwait(false);
        }
        cancellation.ThrowIfCancellationRequested();
        throw new ObjectDisposedException(nameof(IMessenger));
    }
}

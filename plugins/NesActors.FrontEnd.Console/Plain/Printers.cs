using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Console.Output;

namespace NesActors.FrontEnd.Console.Plain;

/// <summary>Chooses the printer that was asked for.</summary>
internal static class Printers
{
    /// <summary>Makes the printer, and says how things are where a person reads.</summary>
    public static async Task<IEventPrinter> CreateAsync(FrontEndRequest request, IMessenger messenger, OutputLines lines, CancellationToken cancellation)
    {
        if (request.Json) return new JsonPrinter(lines);
        var printer = new TextPrinter(lines, request.Clock, request.Quiet);
        var status = await messenger.StatusAsync(cancellation).ConfigureAwait(false);
        await printer.ConnectionAsync(status.Connection, status.Detail).ConfigureAwait(false);
        foreach (var contact in await messenger.ContactsAsync(cancellation).ConfigureAwait(false)) await printer.TrustAsync(contact).ConfigureAwait(false);
        return printer;
    }
}

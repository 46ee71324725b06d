using System.Globalization;
using System.Text;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace Sample.Lines;

/// <summary>Prints what arrives, and marks it read.</summary>
public sealed class LinesFrontEnd : IFrontEnd
{
    public async Task<int> RunAsync(FrontEndRequest request, IMessenger messenger, CancellationToken cancellation)
    {
        try
        {
            await foreach (var happened in messenger.EventsAsync(after: 0, cancellation))
            {
                if (happened is not MessageReceived { Message: var message }) continue;
                await request.Console.Out.WriteAsync($"{message.Contact}{(message.IsRequest ? " (stranger)" : "")}: {Printable(message.Text)}\n");
                await request.Console.Out.FlushAsync(cancellation);
                await messenger.MarkReadAsync(message.Contact, message.Id, cancellation);
            }
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
        catch (IOException)
        {
            // Whoever read the output has gone.
            return ExitCode.Done;
        }
        catch (ObjectDisposedException)
        {
            // The session has ended under us.
            return ExitCode.Network;
        }
    }

    private static string Printable(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => IsHarmless(rune) ? rune.ToString() : "?"));

    private static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}

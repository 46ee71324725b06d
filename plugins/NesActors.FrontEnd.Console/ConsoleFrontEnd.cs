using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Console.Chat.Screen;
using NesActors.FrontEnd.Console.Output;
using NesActors.FrontEnd.Console.Plain;

namespace NesActors.FrontEnd.Console;

/// <summary>
/// The front-end of a terminal and of pipes. Verb <c>listen</c> prints what arrives; verb <c>chat</c> takes the whole screen where a person
/// sits at a terminal, and else reads lines and prints lines.
/// </summary>
public sealed class ConsoleFrontEnd : IFrontEnd
{
    /// <summary>The verb that prints what arrives.</summary>
    public const string ListenVerb = "listen";

    /// <summary>The verb that talks with somebody.</summary>
    public const string ChatVerb = "chat";

    /// <inheritdoc/>
    public async Task<int> RunAsync(FrontEndRequest request, IMessenger messenger, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(messenger);
        var lines = new OutputLines(request.Console);
        try
        {
            return request.Verb switch
            {
                ListenVerb => await new Listen(request, messenger, lines).RunAsync(cancellation).ConfigureAwait(false),
                ChatVerb when TakesScreen(request) => await new ScreenChat(request, messenger, lines).RunAsync(cancellation).ConfigureAwait(false),
                ChatVerb => await PlainAsync(request, messenger, lines, cancellation).ConfigureAwait(false),
                _ => throw new ArgumentException($"This front-end has no verb '{request.Verb}'.", nameof(request)),
            };
        }
        catch (OutputClosedException)
        {
            // Whoever read the output has seen enough: `nes listen | head -1`.
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
        catch (ObjectDisposedException ended)
        {
            return await SessionEndedAsync(lines, ended.InnerException).ConfigureAwait(false);
        }
    }

    private static bool TakesScreen(FrontEndRequest request) =>
        request is { Console.IsInteractive: true, Json: false } && Environment.GetEnvironmentVariable("TERM") is not "dumb";

    private static async Task<int> PlainAsync(FrontEndRequest request, IMessenger messenger, OutputLines lines, CancellationToken cancellation)
    {
        using var chat = new PlainChat(request, messenger, lines);
        return await chat.RunAsync(cancellation).ConfigureAwait(false);
    }

    private static async Task<int> SessionEndedAsync(OutputLines lines, Exception? cause)
    {
        await lines.ErrorAsync(cause is null ? "the session has ended" : $"the session has ended: {cause.Message}").ConfigureAwait(false);
        return ExitCode.Network;
    }
}

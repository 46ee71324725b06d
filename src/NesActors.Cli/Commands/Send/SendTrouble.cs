using NesActors.Contracts;
using NesActors.Contracts.Transport;
using NesActors.Core.Attach;

namespace NesActors.Cli.Commands.Send;

/// <summary>Tells the person why it takes so long.</summary>
internal static class SendTrouble
{
    /// <summary>Says once that the broker cannot be reached and that the program goes on trying. Where that is no use, the message fails and tells why.</summary>
    public static async Task NoticeAsync(ContinuedMessenger messenger, TimeSpan limit, Invocation run, CancellationToken done)
    {
        try
        {
            // A session that another process runs may have been in trouble before.
            var status = await messenger.StatusAsync(done);
            var isTried = status is { Connection: ConnectionState.Reconnecting, Failure: null or TransportFailure.Unreachable };
            var detail = isTried ? status.Detail : await TroubleAsync(messenger, done);
            run.Error.WriteLine($"notice: {detail?.ReplaceLineEndings(" ")}; trying for {limit.TotalSeconds:0} s");
        }
        catch (OperationCanceledException)
        {
            // All is sent, or given up.
        }
    }

    private static async Task<string?> TroubleAsync(ContinuedMessenger messenger, CancellationToken done)
    {
        await foreach (var item in messenger.EventsAsync(messenger.StartCursor, done))
        {
            if (item is ConnectionChanged { State: ConnectionState.Reconnecting, Failure: null or TransportFailure.Unreachable } lost) return lost.Detail;
        }
        throw new OperationCanceledException(done);
    }
}

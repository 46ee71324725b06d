using System.Net.WebSockets;
using System.Text.Json;
using NesActors.FrontEnd.Rest.Api;

namespace NesActors.FrontEnd.Rest.Streams.Sockets;

/// <summary>Events over a WebSocket, and answers to what is asked for by it. First it says where it begins, so that whoever is cut off before the first event can resume too.</summary>
/// <param name="socket">The socket.</param>
/// <param name="reader">The events.</param>
/// <param name="orders">Answers.</param>
internal sealed class EventSocket(TextSocket socket, EventReader reader, SocketOrders orders)
{
    /// <summary>How long the other side may take to close too.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    /// <summary>Runs until there is an end.</summary>
    /// <param name="why">What to say at the end.</param>
    /// <param name="ended">The end.</param>
    /// <returns>Whether it ended because the other side did not take what was sent.</returns>
    public async Task<bool> RunAsync(Func<SocketEnd> why, CancellationToken ended)
    {
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(ended);
        var serving = ServeAsync(stopped.Token);
        var pushing = PushAsync(stopped.Token);
        var hearing = Task.CompletedTask;
        try
        {
            var end = await await Task.WhenAny(serving, pushing).ConfigureAwait(false);
            await stopped.CancelAsync().ConfigureAwait(false);
            if (await socket.CloseAsync(end ?? why(), Farewell).ConfigureAwait(false)) await (hearing = HearOutAsync(serving)).WaitAsync(Farewell, CancellationToken.None).ConfigureAwait(false);
            return false;
        }
        catch (TimeoutException)
        {
            // Before the end it was what was sent that nobody took; after it, only the farewell.
            return !stopped.IsCancellationRequested;
        }
        catch (WebSocketException)
        {
            return false;
        }
        finally
        {
            await stopped.CancelAsync().ConfigureAwait(false);
            socket.Abort();
            await Task.WhenAll(serving, pushing, hearing).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

    private async Task<SocketEnd?> PushAsync(CancellationToken stopped)
    {
        try
        {
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new Opened("open", reader.Position), ApiJson.Options), stopped).ConfigureAwait(false);
            while (true)
            {
                foreach (var frame in await reader.NextAsync(stopped).ConfigureAwait(false)) await socket.SendAsync(frame.Json, stopped).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException || (e is OperationCanceledException && stopped.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>One after the other: whoever asks faster than can be answered is not read from.</summary>
    private async Task<SocketEnd?> ServeAsync(CancellationToken stopped)
    {
        while (true)
        {
            var (text, end) = await socket.ReceiveAsync().ConfigureAwait(false);
            if (end is not null) return end;
            if (stopped.IsCancellationRequested) continue;
            try
            {
                await socket.SendAsync(await orders.AnswerAsync(text, stopped).ConfigureAwait(false), stopped).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopped.IsCancellationRequested)
            {
                // The end is under way; what comes until the other side has closed is not answered.
            }
        }
    }

    /// <summary>Until the other side has closed too: who still has something unread on the line when it is closed may never read why (RFC 6455, 7.1.1).</summary>
    private async Task HearOutAsync(Task<SocketEnd?> serving)
    {
        var end = await serving.ConfigureAwait(false);
        while (end != SocketEnd.Asked) (_, end) = await socket.ReceiveAsync().ConfigureAwait(false);
    }

    private sealed record Opened(string Type, long Cursor);
}

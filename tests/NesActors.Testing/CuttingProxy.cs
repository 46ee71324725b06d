using System.Net;
using System.Net.Sockets;

namespace NesActors.Testing;

/// <summary>
/// A TCP proxy on the loopback interface that fails on demand: it cuts connections, or holds back what the server answers while the
/// connections stand.
/// </summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopped = new();
    private readonly Lock _gate = new();
    private readonly List<Socket> _sockets = [];
    private readonly List<(long Bytes, TaskCompletionSource Reached)> _marks = [];
    private readonly int _targetPort;
    private readonly Task _accepting;
    private TaskCompletionSource _answersFlow = Flowing();
    private long _fromClients;

    private CuttingProxy(int targetPort)
    {
        _targetPort = targetPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Starts one in front of a port of the loopback interface.</summary>
    public static CuttingProxy Start(int targetPort) => new(targetPort);

    /// <summary>Holds back what the server sends, from now on.</summary>
    public void HoldAnswers()
    {
        lock (_gate) _answersFlow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Passes on what was held back.</summary>
    public void ReleaseAnswers()
    {
        lock (_gate) _answersFlow.TrySetResult();
    }

    /// <summary>Ends all connections at once, as a broken line does.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            foreach (var socket in _sockets) socket.Close(timeout: 0);
            _sockets.Clear();
        }
    }

    /// <summary>Completes when so many more bytes of clients were passed on.</summary>
    public Task WhenClientsSent(long more)
    {
        lock (_gate)
        {
            var mark = (Bytes: _fromClients + more, Reached: new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _marks.Add(mark);
            return mark.Reached.Task;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        _listener.Dispose();
        Cut();
        await _accepting;
    }

    private static TaskCompletionSource Flowing()
    {
        var flows = new TaskCompletionSource();
        flows.SetResult();
        return flows;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptSocketAsync(_stopped.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        lock (_gate) _sockets.AddRange([client, server]);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _targetPort);
            await Task.WhenAny(PumpAsync(client, server, fromClient: true), PumpAsync(server, client, fromClient: false));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Nobody behind the proxy, or cut: the client sees a broken connection either way.
        }
        finally
        {
            client.Dispose();
            server.Dispose();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool fromClient)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            for (var read = 1; read > 0;)
            {
                read = await from.ReceiveAsync(buffer);
                if (!fromClient) await AnswersFlow();
                if (read > 0) await to.SendAsync(buffer.AsMemory(0, read));
                if (fromClient) Count(read);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Cut, or the other side has gone.
        }
    }

    private Task AnswersFlow()
    {
        lock (_gate) return _answersFlow.Task;
    }

    private void Count(int bytes)
    {
        lock (_gate)
        {
            _fromClients += bytes;
            foreach (var mark in _marks.Where(mark => mark.Bytes <= _fromClients)) mark.Reached.TrySetResult();
            _marks.RemoveAll(mark => mark.Bytes <= _fromClients);
        }
    }
}

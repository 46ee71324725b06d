using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NesActors.Directory.Tests.Support;

/// <summary>A mail server that knows nothing of TLS, and remembers what was said to it.</summary>
internal sealed class PlainSmtp : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly StringBuilder _said = new();
    private readonly Task _running;

    public PlainSmtp()
    {
        _listener.Start();
        _running = RunAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _running;
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
                await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { AutoFlush = true, NewLine = "\r\n" };
                await writer.WriteLineAsync("220 plain");
                while (await reader.ReadLineAsync() is { } line)
                {
                    lock (_said) _said.AppendLine(line);
                    await writer.WriteLineAsync("250 plain");
                }
            }
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            // Stopped, or the client went away.
        }
    }
}

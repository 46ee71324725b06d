using System.Net.Sockets;
using System.Text;
using NesActors.Core.Attach.Wire;

namespace NesActors.Core.Attach;

/// <summary>
/// One call of the process that runs the session, on a connection of its own, in the least that HTTP/1.0 asks for: a request, and an answer that ends with the connection. The framework's client of HTTP
/// takes longer to load than a program that sends once takes for all the rest.
/// </summary>
internal sealed class OwnerCall : IDisposable
{
    private readonly Socket _socket;
    private readonly BufferedStream _answer;

    /// <param name="socket">Connected.</param>
    private OwnerCall(Socket socket) => (_socket, _answer) = (socket, new BufferedStream(new NetworkStream(socket, ownsSocket: false)));

    /// <summary>The answer behind its head.</summary>
    public Stream Answer => _answer;

    /// <summary>Connects, and asks.</summary>
    /// <param name="address">The path of the socket.</param>
    /// <param name="path">The call's name.</param>
    /// <param name="request">What is asked for.</param>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    /// <exception cref="IOException">Somebody else does, or the other end has hung up.</exception>
    public static OwnerCall Begin(string address, string path, IRequest request)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(address));
            if (!PeerCredentials.MayTalk(socket)) throw new IOException("The process at the other end is another user's.");
            socket.Send(Bytes(path, request));
            return new OwnerCall(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Waits for the answer's beginning on this thread.</summary>
    /// <returns>Whether it came in time.</returns>
    public bool Wait(TimeSpan limit) => _socket.Poll(limit, SelectMode.SelectRead);

    /// <summary>Waits for the answer's beginning.</summary>
    public async Task WaitAsync(CancellationToken cancellation) => await _socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, cancellation).ConfigureAwait(false);

    /// <inheritdoc cref="AnswerHead.Read"/>
    public bool ReadHead() => AnswerHead.Read(_answer);

    /// <summary>Hangs up; whoever waits is told by an exception.</summary>
    public void Dispose() => _socket.Dispose();

    private static byte[] Bytes(string path, IRequest request)
    {
        using var bytes = new MemoryStream();
        using var writer = Fields.Writer(bytes);
        request.Write(writer);
        var head = Encoding.ASCII.GetBytes($"POST {path} HTTP/1.0\r\n{AttachProtocol.VersionHeader}: {OwnerInfo.ProgramVersion}\r\nContent-Length: {bytes.Length}\r\n\r\n");
        return [.. head, .. bytes.GetBuffer().AsSpan(0, (int)bytes.Length)];
    }
}

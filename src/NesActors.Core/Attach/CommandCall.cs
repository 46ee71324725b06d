using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using NesActors.Core.Attach.Wire;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Attach;

/// <summary>
/// Hands a command line over to the process that runs the session, which runs it as if it had been typed there, and tells how it ended. Where that process cannot (it has ended, is of another
/// build, needs the terminal or standard input, or does not understand the arguments), nothing was done that cannot be done again, and this one has to run it itself.
/// </summary>
[SupportedOSPlatform("linux")]
public static class CommandCall
{
    /// <summary>Runs it there. One byte more than the request has is announced; it goes out when the person interrupts.</summary>
    /// <param name="folder">The state folder.</param>
    /// <param name="line">What was typed.</param>
    /// <param name="error">Takes what is written to standard error, at once.</param>
    /// <param name="interrupted">Is cancelled when the person interrupts.</param>
    /// <returns>The exit code, and what is to be written to standard output; null where it was not run to its end.</returns>
    public static (int ExitCode, string Output)? Run(string folder, CommandLine line, Action<string> error, CancellationToken interrupted)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(error);
        try
        {
            if (LocalSocket.Owner.Find(folder) is not { } path || LinuxSocket.Connect(path) is not { } socket) return null;
            using var to = new FileStream(socket, FileAccess.Write, bufferSize: 0);
            using var from = new BufferedStream(new FileStream(socket, FileAccess.Read, bufferSize: 0));
            to.Write(Bytes(line));
            using var interruption = interrupted.UnsafeRegister(static stream => Interrupt((FileStream)stream!), to);
            if (!AnswerHead.Read(from)) return null;
            using var reader = Fields.Reader(from);
            while (!CommandFrame.IsEnd(reader)) error(reader.ReadString());
            return (reader.ReadInt32(), reader.ReadString());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StateException || Fields.IsUnreadable(e))
        {
            return null;
        }
    }

    private static void Interrupt(FileStream to)
    {
        try
        {
            to.WriteByte(0);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It has just ended.
        }
    }

    private static byte[] Bytes(IRequest line)
    {
        using var bytes = new MemoryStream();
        using var writer = Fields.Writer(bytes);
        line.Write(writer);
        var head = $"POST {AttachProtocol.Paths.Command} HTTP/1.0\r\nContent-Length: " + (bytes.Length + 1).ToString(CultureInfo.InvariantCulture) + "\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. bytes.GetBuffer().AsSpan(0, (int)bytes.Length)];
    }
}

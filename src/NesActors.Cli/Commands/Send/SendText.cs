using System.Text;
using NesActors.Contracts;

namespace NesActors.Cli.Commands.Send;

/// <summary>What is to be said: given as an option, or on standard input.</summary>
internal static class SendText
{
    /// <exception cref="CliException">It is too long.</exception>
    public static async Task<string> GetAsync(string given, Invocation run, CancellationToken cancellation)
    {
        var text = given == "-" ? await ReadAsync(run.Environment.In.Value, cancellation) : given;
        return Encoding.UTF8.GetByteCount(text) <= Message.MaxTextBytes
            ? text
            : throw CliException.Usage($"the text is longer than {Message.MaxTextBytes / 1024} KiB; send it in parts");
    }

    /// <summary>All of standard input but the line break at its end, and no more than can be sent.</summary>
    private static async Task<string> ReadAsync(TextReader input, CancellationToken cancellation)
    {
        // One more than fits, a line break included: enough to see that it is too long.
        var buffer = new char[Message.MaxTextBytes + 3];
        var length = await input.ReadBlockAsync(buffer, cancellation);
        var text = new string(buffer, 0, length);
        if (text.EndsWith("\r\n", StringComparison.Ordinal)) return text[..^2];
        return text.EndsWith('\n') ? text[..^1] : text;
    }
}

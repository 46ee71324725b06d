using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using NesActors.Core.Attach.Wire;

namespace NesActors.Core.Attach;

/// <summary>Runs a command line for another process of the same user.</summary>
/// <param name="line">What was typed there.</param>
/// <param name="output">Its standard output.</param>
/// <param name="error">Its standard error.</param>
/// <param name="interrupted">Is cancelled when the person interrupts it.</param>
/// <returns>The exit code. Any exception means that the other process has to run it itself.</returns>
public delegate Task<int> CommandRunner(CommandLine line, TextWriter output, TextWriter error, CancellationToken interrupted);

/// <summary>Answers those who hand over a command line, see <see cref="CommandCall"/>. Who goes away without a word does not interrupt it.</summary>
internal sealed class CommandAnswer(CommandRunner runner)
{
    /// <summary>Each takes a connection as long as it lasts; who comes beyond that runs its command itself, for which connections are left.</summary>
    private const int MaxAtOnce = AttachServer.MaxConnections / 2;

    private readonly SemaphoreSlim _room = new(MaxAtOnce);

    public async Task HandleAsync(HttpContext context)
    {
        if (await ReadAsync(context).ConfigureAwait(false) is not { } line || !await _room.WaitAsync(0).ConfigureAwait(false))
        {
            context.Response.StatusCode = StatusCodes.Status409Conflict;
            return;
        }
        try
        {
            await RunAsync(context, line).ConfigureAwait(false);
        }
        finally
        {
            _room.Release();
        }
    }

    private async Task RunAsync(HttpContext context, CommandLine line)
    {
        using var interruption = new CancellationTokenSource();
        using var ended = new CancellationTokenSource();
        var listening = ListenAsync(context, interruption, ended.Token);
        // Notices are few and short, and whoever writes them knows no other way.
        context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        using var output = new StringWriter();
        await using var error = TextWriter.Synchronized(new LineWriter(text => Send(context, to => to.PutError(text))));
        try
        {
            var exitCode = await runner(line, output, error, interruption.Token).ConfigureAwait(false);
            await error.FlushAsync().ConfigureAwait(false);
            Send(context, to => to.PutEnd(exitCode, output.ToString()));
        }
        catch (Exception)
        {
            // The other process runs it itself, and tells what is wrong.
            context.Abort();
        }
        await ended.CancelAsync().ConfigureAwait(false);
        await listening.ConfigureAwait(false);
    }

    /// <returns>Null where another build wrote it, or it cannot be read.</returns>
    private static async Task<CommandLine?> ReadAsync(HttpContext context)
    {
        // The byte behind it may take as long as the command does.
        context.Features.GetRequiredFeature<IHttpMinRequestBodyDataRateFeature>().MinDataRate = null;
        if (context.Request.ContentLength is not { } length || length is < 1 or > AttachProtocol.MaxRequestBytes) return null;
        var bytes = new byte[(int)length - 1];
        await context.Request.Body.ReadExactlyAsync(bytes, context.RequestAborted).ConfigureAwait(false);
        try
        {
            using var reader = Fields.Reader(new MemoryStream(bytes));
            return CommandLine.Read(reader);
        }
        catch (Exception e) when (Fields.IsUnreadable(e))
        {
            return null;
        }
    }

    /// <summary>Waits for the byte behind the command line, which says that the person interrupts it. Who goes away says nothing.</summary>
    private static async Task ListenAsync(HttpContext context, CancellationTokenSource interruption, CancellationToken ended)
    {
        try
        {
            await context.Request.Body.ReadExactlyAsync(new byte[1], ended).ConfigureAwait(false);
            await interruption.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // It has ended, or whoever handed it over has.
        }
    }

    private static void Send(HttpContext context, Action<BinaryWriter> write)
    {
        using var frame = new MemoryStream();
        using var writer = Fields.Writer(frame);
        write(writer);
        context.Response.Body.Write(frame.GetBuffer(), 0, (int)frame.Length);
        context.Response.Body.Flush();
    }

    /// <summary>Hands on what is written, a line at a time.</summary>
    private sealed class LineWriter(Action<string> write) : TextWriter
    {
        private readonly StringBuilder _line = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            _line.Append(value);
            if (value == '\n') Flush();
        }

        public override void Flush()
        {
            if (_line.Length == 0) return;
            write(_line.ToString());
            _line.Clear();
        }
    }
}

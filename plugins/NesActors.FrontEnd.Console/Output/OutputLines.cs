using NesActors.Contracts.FrontEnd;

namespace NesActors.FrontEnd.Console.Output;

/// <summary>Writes whole lines, one at a time whoever calls, and tells apart a closed output from every other failure.</summary>
internal sealed class OutputLines(FrontEndConsole console)
{
    private readonly Lock _lock = new();

    /// <summary>Writes what was asked for, at once.</summary>
    /// <param name="lines">One line or several, without the last line break.</param>
    /// <param name="cancellation">Stops waiting for a reader that does not read.</param>
    /// <exception cref="OutputClosedException">Nobody reads any longer.</exception>
    public Task PrintAsync(string lines, CancellationToken cancellation) =>
        Task.Run(() => Write(console.Out, lines), cancellation).WaitAsync(cancellation);

    /// <summary>Writes a notice. Where nobody reads notices they are lost, and nothing else is.</summary>
    public async Task ErrorAsync(string line)
    {
        try
        {
            await Task.Run(() => Write(console.Error, line)).ConfigureAwait(false);
        }
        catch (OutputClosedException)
        {
            // A closed standard error is no reason to stop doing what was asked for.
        }
    }

    private void Write(TextWriter writer, string lines)
    {
        try
        {
            lock (_lock)
            {
                writer.Write(lines + "\n");
                writer.Flush();
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            throw new OutputClosedException(closed);
        }
    }
}

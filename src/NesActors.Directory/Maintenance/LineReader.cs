using System.Buffers;
using System.IO.Pipelines;

namespace NesActors.Directory.Maintenance;

/// <summary>Reads a file line by line, none of them longer than some bytes.</summary>
internal sealed class LineReader(Stream input, int longest) : IAsyncDisposable
{
    private readonly PipeReader _reader = PipeReader.Create(input, new StreamPipeReaderOptions(leaveOpen: true));

    /// <summary>How many lines were read.</summary>
    public long Number { get; private set; }

    /// <returns>The next line without its end; null behind the last.</returns>
    /// <exception cref="FormatException">It is too long, or does not end.</exception>
    public async Task<byte[]?> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var read = await _reader.ReadAsync(cancellation).ConfigureAwait(false);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = read.Buffer.Slice(0, end).ToArray();
                _reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                Number++;
                return line.Length <= longest ? line : throw new FormatException("the line is too long");
            }
            if (read.Buffer.Length > longest) throw new FormatException("the line is too long");
            if (read.IsCompleted) return read.Buffer.IsEmpty ? null : throw new FormatException("the last line does not end: the file is cut off");
            _reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public ValueTask DisposeAsync() => _reader.CompleteAsync();
}

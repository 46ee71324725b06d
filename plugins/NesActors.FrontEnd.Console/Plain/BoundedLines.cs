using System.Text;

namespace NesActors.FrontEnd.Console.Plain;

/// <summary>Reads lines, and of a line that is too long no more than tells so: its end may never come.</summary>
internal sealed class BoundedLines(TextReader reader, int maxCharacters)
{
    private readonly char[] _buffer = new char[4096];
    private int _next;
    private int _end;

    /// <summary>
    /// The next line without its line break (LF or CR LF), cut off one character behind the limit; <see langword="null"/> at the end.
    /// </summary>
    public async ValueTask<string?> ReadAsync(CancellationToken cancellation)
    {
        var line = new StringBuilder();
        var any = false;
        while (_next < _end || await FillAsync(cancellation).ConfigureAwait(false))
        {
            any = true;
            var rest = _buffer.AsSpan(_next, _end - _next);
            var length = rest.IndexOf('\n');
            var part = length < 0 ? rest : rest[..length];
            line.Append(part[..Math.Min(part.Length, maxCharacters + 1 - line.Length)]);
            _next += length < 0 ? part.Length : length + 1;
            if (length >= 0) break;
        }
        if (!any) return null;
        if (line.Length > 0 && line[^1] == '\r') line.Length--;
        return line.ToString();
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        _next = 0;
        // A terminal's or a pipe's read cannot be cancelled: it is left behind, and ends with the process.
        _end = await Task.Run(() => reader.ReadAsync(_buffer.AsMemory(), cancellation).AsTask(), cancellation).WaitAsync(cancellation).ConfigureAwait(false);
        return _end > 0;
    }
}

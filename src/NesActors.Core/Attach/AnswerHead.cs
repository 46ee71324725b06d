namespace NesActors.Core.Attach;

/// <summary>The head of an answer of HTTP, of which the code alone counts.</summary>
internal static class AnswerHead
{
    private const int MaxBytes = 8 * 1024;

    /// <summary>Reads it, and no more.</summary>
    /// <param name="answer">What stands behind it is read from there.</param>
    /// <returns>Whether the answer is what was asked for; else it is a <see cref="Wire.Failure"/>.</returns>
    /// <exception cref="InvalidDataException">This is no answer.</exception>
    /// <exception cref="IOException">It breaks off.</exception>
    public static bool Read(Stream answer)
    {
        // Of "HTTP/1.1 200 OK".
        var status = new byte["HTTP/1.1 200".Length];
        var ended = "\r\n\r\n"u8;
        answer.ReadExactly(status);
        for (int read = 0, matched = 0; matched < ended.Length; read++)
        {
            var next = answer.ReadByte();
            if (next < 0 || read == MaxBytes) throw new InvalidDataException();
            matched = next == ended[matched] ? matched + 1 : next == ended[0] ? 1 : 0;
        }
        return status.AsSpan(9).SequenceEqual("200"u8);
    }
}

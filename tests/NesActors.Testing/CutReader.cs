using System.Buffers.Text;

namespace NesActors.Testing;

/// <summary>
/// Reads <c>GET /v1/events</c> over a line that is cut again and again, anywhere, in the middle of an event too, and goes on behind the last id that came whole, as the standard says. It looks at bytes alone,
/// so that many of them cost little.
/// </summary>
/// <param name="client">A client with a token.</param>
/// <param name="random">Where the line is cut.</param>
/// <param name="meanBytes">After how many bytes, on average; 0: never.</param>
/// <param name="after">The position behind which it begins.</param>
public sealed class CutReader(HttpClient client, Random random, int meanBytes, long after)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private long _lastId = after;

    /// <summary>How often the line was cut from here.</summary>
    public int Cuts { get; private set; }

    /// <summary>How often it broke by itself.</summary>
    public int Breaks { get; private set; }

    /// <summary>Connects, and comes back when the answer has begun.</summary>
    public async Task<HttpResponseMessage> ConnectAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events");
        request.Headers.TryAddWithoutValidation("Last-Event-ID", $"{_lastId}");
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        return answer.EnsureSuccessStatusCode();
    }

    /// <summary>Reads until enough has come.</summary>
    /// <param name="first">The answer to begin with.</param>
    /// <param name="isLast">Is given the data of each event, and says whether it was the last that is wanted.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task ReadAsync(HttpResponseMessage first, Func<ReadOnlySpan<byte>, bool> isLast, CancellationToken cancellation)
    {
        var answer = first;
        while (true)
        {
            try
            {
                using (answer)
                {
                    if (await ReadPartAsync(await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false), isLast, cancellation).ConfigureAwait(false)) return;
                }
                Cuts++;
            }
            catch (IOException)
            {
                Breaks++;
            }
            answer = await ConnectAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <returns>Whether the last event came before the cut.</returns>
    private async Task<bool> ReadPartAsync(Stream body, Func<ReadOnlySpan<byte>, bool> isLast, CancellationToken cancellation)
    {
        var filled = 0;
        for (var left = meanBytes == 0 ? long.MaxValue : random.Next(1, 2 * meanBytes); left > 0;)
        {
            var room = (int)Math.Min(left, _buffer.Length - filled);
            if (room == 0) throw new InvalidDataException("An event is longer than the reader's room.");
            var count = await body.ReadAsync(_buffer.AsMemory(filled, room), cancellation).ConfigureAwait(false);
            if (count == 0) throw new IOException("The stream has ended.");
            left -= count;
            filled += count;
            if (TakeBlocks(ref filled, isLast)) return true;
        }
        return false;
    }

    private bool TakeBlocks(ref int filled, Func<ReadOnlySpan<byte>, bool> isLast)
    {
        var rest = _buffer.AsSpan(0, filled);
        for (var end = rest.IndexOf("\n\n"u8); end >= 0; end = rest.IndexOf("\n\n"u8))
        {
            var data = ReadOnlySpan<byte>.Empty;
            ReadOnlySpan<byte> block = rest[..end];
            foreach (var line in block.Split((byte)'\n'))
            {
                if (block[line].StartsWith("id: "u8) && Utf8Parser.TryParse(block[line][4..], out long id, out _)) _lastId = id;
                else if (block[line].StartsWith("data: "u8)) data = block[line][6..];
            }
            if (!data.IsEmpty && isLast(data)) return true;
            rest = rest[(end + 2)..];
        }
        rest.CopyTo(_buffer);
        filled = rest.Length;
        return false;
    }
}

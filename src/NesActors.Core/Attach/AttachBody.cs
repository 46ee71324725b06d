using System.Buffers.Binary;
using Microsoft.AspNetCore.Http;
using NesActors.Core.Attach.Wire;

namespace NesActors.Core.Attach;

/// <summary>The bodies of requests and answers, at the end that answers.</summary>
internal static class AttachBody
{
    /// <summary>As much of a list goes out at once.</summary>
    private const int Piece = 64 * 1024;

    /// <summary>Reads a request; no more of it than <see cref="AttachProtocol.MaxRequestBytes"/> gets here.</summary>
    /// <exception cref="InvalidDataException">It cannot be read, or more stands behind it.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, Func<BinaryReader, T> read)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        body.Position = 0;
        using var reader = Fields.Reader(body);
        try
        {
            var request = read(reader);
            return body.Position == body.Length ? request : throw new InvalidDataException();
        }
        catch (Exception e) when (Fields.IsUnreadable(e))
        {
            throw new InvalidDataException("The request cannot be read.", e);
        }
    }

    /// <summary>Writes an answer.</summary>
    public static async Task WriteAsync(HttpContext context, Action<BinaryWriter> write)
    {
        using var body = Made(write);
        context.Response.ContentLength = body.Length;
        await FlushAsync(context, body).ConfigureAwait(false);
    }

    /// <summary>Writes how many there are, and then each, in pieces: all of a conversation may be many.</summary>
    public static async Task WriteListAsync<T>(HttpContext context, IReadOnlyList<T> items, Action<BinaryWriter, T> write)
    {
        using var piece = Made(to => to.PutCount(items.Count));
        piece.Seek(0, SeekOrigin.End);
        using var writer = Fields.Writer(piece);
        foreach (var item in items)
        {
            write(writer, item);
            if (piece.Length >= Piece) await FlushAsync(context, piece).ConfigureAwait(false);
        }
        await FlushAsync(context, piece).ConfigureAwait(false);
    }

    /// <summary>Writes how many bytes follow, and those, at once.</summary>
    public static async Task WriteBehindLengthAsync(HttpContext context, Action<BinaryWriter> write)
    {
        using var body = Made(to =>
        {
            to.Write(0);
            write(to);
        });
        BinaryPrimitives.WriteInt32LittleEndian(body.GetBuffer(), (int)body.Length - sizeof(int));
        await FlushAsync(context, body).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private static MemoryStream Made(Action<BinaryWriter> write)
    {
        var body = new MemoryStream();
        using var writer = Fields.Writer(body);
        write(writer);
        return body;
    }

    private static async Task FlushAsync(HttpContext context, MemoryStream body)
    {
        await context.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), context.RequestAborted).ConfigureAwait(false);
        body.SetLength(0);
    }
}

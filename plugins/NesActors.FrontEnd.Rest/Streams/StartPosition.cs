using System.Globalization;
using NesActors.FrontEnd.Rest.Api;

namespace NesActors.FrontEnd.Rest.Streams;

/// <summary>Where somebody begins to read.</summary>
internal static class StartPosition
{
    /// <summary>Reads a cursor.</summary>
    /// <param name="text">As it was sent; <see langword="null"/> where it was not.</param>
    /// <param name="name">What it is called in the request.</param>
    /// <exception cref="ProblemException">It is none.</exception>
    public static long? Parse(string? text, string name)
    {
        if (text is null) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var cursor) ? cursor : throw ProblemException.Invalid($"{name}: the cursor of an event, or 0 for all that the log still holds");
    }

    /// <summary>Checks that the log has come so far: who asks for what is to come much later would wait for it in silence, and most likely has the cursor of another identity.</summary>
    /// <exception cref="ProblemException">It has not.</exception>
    public static async Task<long> CheckAsync(EventFeed feed, long cursor, string name, CancellationToken cancellation)
    {
        // What was committed just now may not have come here yet.
        if (cursor <= feed.Newest) return cursor;
        var newest = (await feed.LookUpAsync(cursor, 1, arrivalsOnly: false, cancellation).ConfigureAwait(false)).Newest;
        return cursor <= newest ? cursor : throw ProblemException.Invalid($"{name}: the log has come to {newest}, and not so far; this is the cursor of another identity or another installation.");
    }
}

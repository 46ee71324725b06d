using System.Net;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>What came of one request: an answer with its whole body, or why there is none.</summary>
internal abstract record HttpExchange
{
    private HttpExchange() { }

    internal sealed record Answered(HttpStatusCode Status, ReadOnlyMemory<byte> Body, string? MediaType, DateTimeOffset? Date) : HttpExchange;

    /// <param name="Detail">Why, in one line.</param>
    internal sealed record Failed(string Detail) : HttpExchange;

    /// <summary>An answer larger than a directory ever gives.</summary>
    internal sealed record TooLarge : HttpExchange;
}

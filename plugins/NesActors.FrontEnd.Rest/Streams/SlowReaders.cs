using Microsoft.Extensions.Logging;
using NesActors.FrontEnd.Rest.Operating;

namespace NesActors.FrontEnd.Rest.Streams;

/// <summary>Those who read a stream and take nothing of what is written: it lies in our memory until they are cut off, and they can resume.</summary>
internal sealed class SlowReaders(StreamCounts counts, ILogger<SlowReaders> logger)
{
    /// <summary>How long that is borne.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Takes note that one was cut off.</summary>
    public void Cut(StreamKind kind)
    {
        counts.Cut(kind);
        logger.LogInformation("A reader of events ({Kind}) took nothing for {Seconds} s and was cut off.", kind, Patience.TotalSeconds);
    }
}

using NesActors.Core.Storage;

namespace NesActors.Core.Conversation;

/// <summary>What becomes of a message that waited to go out when the session before this one ended.</summary>
internal static class Resumption
{
    /// <summary>
    /// Whether it is sent now. What may have left already could be shown twice by whoever does not recognise repeats, and nobody is known to do so: its
    /// outcome stays unknown (docs/adr/0005). Of a recipient who has been seen to recognise them, this is where to say so.
    /// </summary>
    public static bool MaySend(OutboxEntry entry) => !entry.MayHaveLeft;
}

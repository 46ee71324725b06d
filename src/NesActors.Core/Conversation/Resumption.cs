using NesActors.Core.Storage;

namespace NesActors.Core.Conversation;

/// <summary>What becomes of a message that waited to go out when the session before this one ended.</summary>
internal static class Resumption
{
    /// <summary>
    /// Whether it is sent now. What may have left already could be shown twice by whoever does not recognise repeats: of them its outcome stays unknown. Who confirms, recognises
    /// repeats too (docs/adr/0005).
    /// </summary>
    public static bool MaySend(OutboxEntry entry, bool recipientConfirms) => !entry.MayHaveLeft || (recipientConfirms && entry.Number is not null);
}

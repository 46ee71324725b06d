using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.Suites;

/// <summary>What follows for a contact from keys of one suite or of several.</summary>
internal static class PeerKeys
{
    /// <summary>What is told of suites over the one in which keys are pinned; null where there are none in use.</summary>
    public static IReadOnlyList<SuiteOffer>? Offers(this IPeerIdentity keys) => (keys as JoinedPeer)?.Offers;

    /// <summary>Stands for the keys that a content is sealed to: those for its suite.</summary>
    public static Fingerprint? RecipientOf(this IPeerIdentity keys, ReadOnlyMemory<byte> content) =>
        keys is JoinedPeer joined ? joined.TryFind(SuiteContent.SuiteOf(content.Span) ?? joined.AnchorId)?.Fingerprint : keys.Fingerprint;

    /// <summary>Whether a frame came by a weaker suite than its sender is known to have.</summary>
    public static bool IsOlder(this IPeerIdentity keys, OpenedFrame frame, Contact sender) =>
        keys is JoinedPeer { Offers: not null } joined && frame is JoinedFrame opened && sender.Suite is { } best && joined.IsWeaker(opened.Suite, best);
}

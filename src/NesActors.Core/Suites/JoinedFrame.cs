using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.Suites;

/// <summary>A frame that one of several suites opened.</summary>
internal sealed class JoinedFrame(OpenedFrame opened, string suite) : OpenedFrame(opened.ClaimedSender, opened.ClaimedRecipient, opened.ContentHash)
{
    /// <summary>The suite's id.</summary>
    public string Suite => suite;

    /// <summary>A sender without keys for the suite proves nothing.</summary>
    protected override Message? VerifyCore(IPeerIdentity sender) => sender switch
    {
        JoinedPeer peer => peer.TryFind(suite) is { } keys ? opened.Verify(keys) : null,
        _ => throw new ArgumentException("The sender's keys are not of several suites.", nameof(sender)),
    };
}

using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Fuzz.Running;

namespace NesActors.Fuzz.Targets;

/// <summary>
/// Frames of any suite that were sealed to one user, and what must hold of whatever is made of them: it is dropped for a reason, or it does not verify, or it says exactly what
/// one of them says.
/// </summary>
internal sealed class SignedFrames
{
    private readonly ILocalIdentity _recipient;
    private readonly Dictionary<string, IPeerIdentity> _senders;
    private readonly Dictionary<string, Message> _signed = [];

    /// <param name="recipient">Whom they are sealed to.</param>
    /// <param name="senders">Who signed them.</param>
    /// <param name="frames">The frames.</param>
    /// <exception cref="ArgumentException">One of them does not open or verify as it is.</exception>
    public SignedFrames(ILocalIdentity recipient, IEnumerable<IPeerIdentity> senders, IEnumerable<byte[]> frames)
    {
        (_recipient, All) = (recipient, [.. frames]);
        _senders = senders.ToDictionary(sender => sender.User.Value);
        foreach (var frame in All)
        {
            if (recipient.Open(frame).Frame is not { } opened || opened.Verify(_senders[opened.ClaimedSender]) is not { } message)
                throw new ArgumentException("A frame to begin with does not verify.", nameof(frames));
            _signed[Convert.ToHexString(opened.ContentHash.Span)] = message;
        }
    }

    public IReadOnlyList<byte[]> All { get; }

    public string Check(byte[] frame)
    {
        var result = _recipient.Open(frame);
        if (result.Frame is not { } opened) return Reason(result.Reason);
        if (!_senders.TryGetValue(opened.ClaimedSender, out var sender)) return "opened, of nobody who signs";
        if (opened.Verify(sender) is not { } message) return "opened, not verified";
        if (!_signed.TryGetValue(Convert.ToHexString(opened.ContentHash.Span), out var signed)) throw new PropertyException("Something verifies that nobody signed.");
        return message == signed ? "verified, as it was signed" : throw new PropertyException("A content that was signed says something else.");
    }

    /// <summary>The name of a reason, which must be one that opening may give.</summary>
    public static string Reason(DropReason reason) => reason is DropReason.BadFrame or DropReason.CannotOpen or DropReason.BadMessage
        ? reason.ToCode()
        : throw new PropertyException($"A frame was dropped as {reason.ToCode()}, which is not the suite's to say.");
}

using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.Nes2.Contents;
using NesActors.Crypto.Nes2.Frames;
using NesActors.Crypto.Nes2.Keys;
using NesActors.Crypto.Nes2.Statements;

namespace NesActors.Crypto.Nes2;

/// <summary>A user's Ed25519 identity and prekeys.</summary>
internal sealed class Nes2Identity : ILocalIdentity
{
    /// <summary>How far another's clock may be ahead.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromDays(1);

    private readonly IdentityKey _identity;
    private readonly PrekeyRing _prekeys;
    private readonly OwnStatement _statement;
    private readonly Prekey _decoy;
    private readonly byte[] _fingerprint;
    private readonly IReadOnlyDictionary<string, string> _rsaEntries;
    private readonly TimeProvider _clock;
    private volatile bool _disposed;

    public Nes2Identity(Username user, IdentityKey identity, PrekeyRing prekeys, OwnStatement statement, byte[] signKeySpki, IReadOnlyDictionary<string, string> rsaEntries, TimeProvider clock)
    {
        (User, _identity, _prekeys, _statement, _rsaEntries, _clock) = (user, identity, prekeys, statement, rsaEntries, clock);
        Fingerprint = Nes2Fingerprint.Of(identity.PublicKey, signKeySpki);
        _fingerprint = Convert.FromHexString(Fingerprint.Value);
        _decoy = Prekey.Generate(clock.GetUtcNow());
    }

    public Username User { get; }

    public Fingerprint Fingerprint { get; }

    public PublicRecord PublicRecord => new(User, new Dictionary<string, string>(_rsaEntries) { [Nes2Suite.StatementEntry] = _statement.Current() });

    public void Announce(IReadOnlyList<string> suites) => _statement.Announce(suites);

    public void BindTo(DirectoryId? directory) => _statement.BindTo(directory is { } bound ? Convert.FromHexString(bound.Value) : []);

    public byte[] Compose(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.From != User) throw new ArgumentException("The message is from another user.", nameof(message));
        return ComposedContent.Write(message);
    }

    public SealedFrame Seal(ReadOnlyMemory<byte> content, IPeerIdentity recipient)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (recipient is not Nes2Peer peer) throw new ArgumentException("The recipient's keys are of another suite.", nameof(recipient));
        var to = ComposedContent.TryReadRecipient(content.Span, User, out var message) ?? throw new ArgumentException("This is no content of this user.", nameof(content));
        if (to != peer.User.Value) throw new ArgumentException("The content is to another user.", nameof(recipient));
        if (!peer.TakesThisSuite) throw new KeyException($"{peer.User} says that they do not use suite nes2 any more.");
        var now = _clock.GetUtcNow();
        if (peer.UsableUntil <= now) throw new KeyException($"The prekey of {peer.User} has expired on {peer.UsableUntil:u}; theirs has to be renewed, or the clock of this machine is wrong.");
        if (peer.UsableFrom > now + ClockSkew) throw new KeyException($"The prekey of {peer.User} is from the future ({peer.UsableFrom:u}); is the clock of this machine right?");
        byte[] sent = [.. _fingerprint, .. message];
        return new SealedFrame(Sealing.Seal(sent, _identity.PrivateKey, peer.Recipient, peer.Kid, peer.Prekey), ComposedContent.HashOf(message));
    }

    /// <summary>
    /// Opens in one course: what everybody can see of a frame may cut the work short, nothing else. A frame for a prekey that is not here is decrypted with another, which fails as a changed one does;
    /// the one tag is over all that is secret, so that there is no second cause before it, and what comes after it only the sender can have made.
    /// </summary>
    public OpenResult Open(ReadOnlyMemory<byte> frame)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!FrameLayout.IsFrame(frame.Span)) return OpenResult.Dropped(DropReason.BadFrame);
        if ((Decrypt(frame.Span) ?? (IsRenewed() ? Decrypt(frame.Span) : null)) is not { } decrypted) return OpenResult.Dropped(DropReason.CannotOpen);
        return Nes2OpenedFrame.TryRead(frame.Span, decrypted.Plaintext, decrypted.Me) is { } opened ? OpenResult.Opened(opened) : OpenResult.Dropped(DropReason.BadMessage);
    }

    public void Dispose()
    {
        _disposed = true;
        _identity.Dispose();
        _prekeys.Dispose();
        _decoy.Dispose();
    }

    /// <summary>The sender has bound the key to the directory of the statement that they had, which may be an earlier one.</summary>
    private Decrypted? Decrypt(ReadOnlySpan<byte> frame) =>
        Sealing.Open(frame, (_prekeys.Find(FrameLayout.KidIn(frame)) ?? _decoy).Seed, [.. _statement.DirectoryIds.Select(id => new Recipient(id, User, _fingerprint))]);

    /// <summary>Whether another program of the user has changed the prekeys or the statement, which are read again then.</summary>
    private bool IsRenewed()
    {
        try
        {
            return _statement.Refresh();
        }
        catch (KeyException)
        {
            // The store cannot be read just now: the frame is none of those that open.
            return false;
        }
    }
}

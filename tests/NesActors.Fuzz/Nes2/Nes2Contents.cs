using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.Nes2;
using NesActors.Crypto.Nes2.Contents;
using NesActors.Crypto.Nes2.Frames;
using NesActors.Crypto.Nes2.Keys;
using NesActors.Fuzz.Mutation;
using NesActors.Fuzz.Running;
using NesActors.Fuzz.Targets;

namespace NesActors.Fuzz.Nes2;

/// <summary>What a sender of bad will can sign: the message of suite nes2 changed, then sealed and signed with the sender's true keys. It is a message that is whole, or dropped for a reason.</summary>
internal sealed class Nes2Contents : IFrameTarget
{
    private readonly IReadOnlyList<byte[]> _messages;
    private readonly IdentityKey _signKey;
    private readonly byte[] _fingerprint;
    private readonly IPeerIdentity _sender;
    private readonly ILocalIdentity _recipient;
    private readonly Nes2Peer _to;

    public Nes2Contents(IEnumerable<byte[]> composed, IKeyStore sendersKeys, IPeerIdentity sender, ILocalIdentity recipient, Nes2Peer to)
    {
        _messages = [.. composed.Select(content => MessageOf(content, sender.User))];
        (_signKey, _fingerprint) = (IdentityKey.Read(sendersKeys), Convert.FromHexString(sender.Fingerprint.Value));
        (_sender, _recipient, _to) = (sender, recipient, to);
    }

    public string Name => "nes2 message, signed again";

    public byte[] Make(Random random)
    {
        if (random.Once(2)) return ByteMutator.Mutate(random, random.Pick(_messages), random.Pick(_messages));
        var made = Nes2Fields.Make(random, _sender.User);
        return random.Once(8) ? ByteMutator.Mutate(random, made, random.Pick(_messages)) : made;
    }

    public string Check(byte[] input)
    {
        var result = _recipient.Open(ToFrame(input));
        if (result.Frame is not { } opened) return SignedFrames.Reason(result.Reason);
        if (opened.ClaimedSender != _sender.User.Value) return "opened, of somebody else";
        var message = opened.Verify(_sender) ?? throw new PropertyException("What was signed does not verify.");
        if (System.Text.Encoding.UTF8.GetByteCount(message.Text) > Message.MaxTextBytes) throw new PropertyException("A text that is too long was accepted.");
        var kind = MessageBounds.Check(message.Text, message.Delivery, message.Capabilities);
        if (Again(message) is not { } again || again != new ContentParts(message.From.Value, message.SentAt, message.Text, message.Delivery, message.Capabilities))
            throw new PropertyException("A message is another when it is written again.");
        return kind;
    }

    public byte[] ToFrame(byte[] input) => Sealing.Seal([.. _fingerprint, .. input], _signKey.PrivateKey, _to.Recipient, _to.Kid, _to.Prekey);

    private static ContentParts? Again(Message message)
    {
        var writer = new ByteWriter();
        ContentCodec.Write(message, writer);
        return ContentCodec.TryRead(writer.Written);
    }

    private static byte[] MessageOf(byte[] composed, Username sender)
    {
        ComposedContent.TryReadRecipient(composed, sender, out var message);
        return message.ToArray();
    }
}

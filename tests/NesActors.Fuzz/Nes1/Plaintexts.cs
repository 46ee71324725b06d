using System.Security.Cryptography;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.RsaAes;
using NesActors.Fuzz.Mutation;
using NesActors.Fuzz.Running;
using NesActors.Fuzz.Targets;
using NesActors.Rsa;

namespace NesActors.Fuzz.Nes1;

/// <summary>
/// What a sender of bad will, or with a client that is broken, can sign: the plaintext of suite nes1 changed, then sealed and signed with the sender's true keys. It is a message
/// that is whole, or dropped for a reason.
/// </summary>
internal sealed class Plaintexts : IFrameTarget
{
    private static readonly JsonMutator Mutator = new(PlaintextValues.Of, PlaintextValues.Names);

    private readonly IReadOnlyList<byte[]> _plaintexts;
    private readonly IReadOnlyList<JsonFields> _parsed;
    private readonly RsaPrivateKey _signKey;
    private readonly ILocalIdentity _recipient;
    private readonly IPeerIdentity _sender;
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(Envelope.SecretLength);
    private readonly byte[] _cipherKey;

    /// <param name="plaintexts">Good ones, to begin with.</param>
    /// <param name="signKey">The sender's.</param>
    /// <param name="sender">Who signs.</param>
    /// <param name="recipient">Who opens.</param>
    /// <param name="recipientsKey">The recipient's message key.</param>
    public Plaintexts(IReadOnlyList<byte[]> plaintexts, RsaPrivateKey signKey, IPeerIdentity sender, ILocalIdentity recipient, RsaPublicKey recipientsKey)
    {
        (_plaintexts, _parsed) = (plaintexts, [.. plaintexts.Select(plaintext => JsonFields.Parse(plaintext))]);
        (_signKey, _sender, _recipient) = (signKey, sender, recipient);
        // One secret for all: a plaintext is what matters here, and each opening costs what it costs.
        _cipherKey = recipientsKey.Encrypt(_secret);
    }

    public string Name => "plaintext, signed again";

    public byte[] Make(Random random)
    {
        var plaintext = Mutator.Mutate(random, random.Pick(_parsed), random.Pick(_parsed)).ToUtf8();
        return random.Once(8) ? ByteMutator.Mutate(random, plaintext, random.Pick(_plaintexts)) : plaintext;
    }

    public string Check(byte[] input)
    {
        // A signature costs more than all the rest, and is looked at only where there is something to verify.
        var signature = PlaintextCodec.TryRead(input) is null ? [] : _signKey.SignPss(input);
        var result = _recipient.Open(Seal(input, signature));
        if (result.Frame is not { } opened) return SignedFrames.Reason(result.Reason);
        if (opened.ClaimedSender != _sender.User.Value) return "opened, of somebody else";
        var message = opened.Verify(_sender);
        if (message is null && Username.TryParse(opened.ClaimedRecipient, out _)) throw new PropertyException("What was signed does not verify.");
        return message is null ? "opened, to nobody" : MessageCheck.Check(message, input);
    }

    public byte[] ToFrame(byte[] input) => Seal(input, _signKey.SignPss(input));

    /// <summary>The frame that carries a plaintext with any signature.</summary>
    public byte[] Seal(byte[] plaintext, byte[] signature) => FrameCodec.Write(_cipherKey, Envelope.Encrypt(_secret, plaintext), signature);
}

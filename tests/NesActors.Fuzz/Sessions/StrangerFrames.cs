using System.Globalization;
using System.Security.Cryptography;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.RsaAes;

namespace NesActors.Fuzz.Sessions;

/// <summary>
/// Frames of suite nes1 that open, from people who do not exist: whoever has the recipient's public key makes any number of them, and the cheapest way is with one secret for all.
/// </summary>
internal sealed class StrangerFrames(IPeerIdentity recipient)
{
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(Envelope.SecretLength);
    private byte[]? _cipherKey;

    /// <summary>The name of a stranger.</summary>
    public static Username NameOf(int number) => Username.Parse(string.Create(CultureInfo.InvariantCulture, $"stranger-{number}"));

    /// <summary>A frame of this stranger, signed by nobody.</summary>
    public byte[] Make(int number, DateTimeOffset now)
    {
        _cipherKey ??= ((RsaAesPeer)recipient).MessageKey.Encrypt(_secret);
        var plaintext = PlaintextCodec.Write(new Message(NameOf(number), recipient.User, now, "hello"));
        return FrameCodec.Write(_cipherKey, Envelope.Encrypt(_secret, plaintext), new byte[256]);
    }
}

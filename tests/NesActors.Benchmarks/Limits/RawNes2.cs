using Geralt;

namespace NesActors.Benchmarks.Limits;

/// <summary>The operations that a frame of suite nes2 cannot do without, on keys and buffers of their own, with nothing around them.</summary>
internal sealed class RawNes2
{
    private const int Padded = 256;

    private readonly byte[] _prekey = new byte[XWing.PublicKeySize], _seed = new byte[XWing.SeedSize], _identity = new byte[32], _signKey = new byte[64];
    private readonly byte[] _secret = new byte[32], _enc = new byte[XWing.CiphertextSize], _key = new byte[32], _nonce = new byte[12];
    private readonly byte[] _signed = new byte[200], _signature = new byte[64], _plaintext = new byte[Padded], _ciphertext = new byte[Padded + 16];

    public RawNes2()
    {
        XWing.GenerateKeyPair(_prekey, _seed);
        Ed25519.GenerateKeyPair(_identity, _signKey);
        EncapsulateSignEncrypt();
    }

    public void EncapsulateSignEncrypt()
    {
        XWing.Encapsulate(_secret, _enc, _prekey);
        Ed25519.Sign(_signature, _signed, _signKey);
        ChaCha20Poly1305.Encrypt(_ciphertext, _plaintext, _nonce, _key);
    }

    public void DecapsulateDecryptVerify()
    {
        XWing.Decapsulate(_secret, _enc, _seed);
        ChaCha20Poly1305.Decrypt(_plaintext, _ciphertext, _nonce, _key);
        if (!Ed25519.Verify(_signature, _signed, _identity)) throw new InvalidOperationException("A true signature did not verify.");
    }
}

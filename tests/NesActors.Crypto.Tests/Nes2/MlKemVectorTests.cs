using System.Security.Cryptography;
using System.Text.Json;
using Geralt;
using static NesActors.Crypto.Tests.Nes2.PublicVectors;

namespace NesActors.Crypto.Tests.Nes2;

/// <summary>
/// ML-KEM-768 (FIPS 203), the half of X-Wing that withstands a quantum computer, against Wycheproof's numbers. The library does not let the randomness of an encapsulation be chosen, so none is compared.
/// Neither are private keys that are damaged (InvalidDecapsulationKey): libsodium does not look, and the suite keeps seeds, of which the private key is made each time.
/// </summary>
public sealed class MlKemVectorTests
{
    private static readonly JsonElement Vectors = Read("ml-kem-768.json");

    [Fact]
    public void Makes_keys_of_a_seed_as_wycheproof_says()
    {
        var vector = Vectors.GetProperty("key_generation");
        byte[] ek = new byte[MLKEM768.PublicKeySize], dk = new byte[MLKEM768.PrivateKeySize];

        MLKEM768.GenerateKeyPair(ek, dk, Bytes(vector, "seed"));

        Assert.Equal(Bytes(vector, "ek"), ek);
        Assert.Equal([.. Bytes(vector, "dk_pke"), .. ek, .. Bytes(vector, "dk_ends")], dk);
    }

    [Fact]
    public void Decapsulates_as_wycheproof_says()
    {
        var vector = Vectors.GetProperty("decapsulation");
        var secret = new byte[MLKEM768.SharedSecretSize];

        MLKEM768.Decapsulate(secret, Bytes(vector, "c"), PrivateKey(vector));

        Assert.Equal(Bytes(vector, "k"), secret);
    }

    [Fact]
    public void Rejects_implicitly_as_wycheproof_says()
    {
        var vector = Vectors.GetProperty("rejection");
        byte[] ek = new byte[MLKEM768.PublicKeySize], dk = new byte[MLKEM768.PrivateKeySize], secret = new byte[MLKEM768.SharedSecretSize];

        MLKEM768.GenerateKeyPair(ek, dk, Bytes(vector, "seed"));
        MLKEM768.Decapsulate(secret, Bytes(vector, "c"), dk);

        Assert.True(ek.AsSpan().StartsWith(Bytes(vector, "ek_begins")) && ek.AsSpan().EndsWith(Bytes(vector, "ek_ends")));
        Assert.Equal(Bytes(vector, "k"), secret);
    }

    [Fact]
    public void Refuses_every_public_key_that_overflows_in_wycheproof()
    {
        var vector = Vectors.GetProperty("modulus_overflow");
        byte[] c = new byte[MLKEM768.CiphertextSize], secret = new byte[MLKEM768.SharedSecretSize];
        MLKEM768.Encapsulate(secret, c, Bytes(vector, "ek"));
        foreach (var wrong in vector.GetProperty("tests").EnumerateArray().Select(test => Changed(Bytes(vector, "ek"), test)))
            Assert.Throws<CryptographicException>(() => MLKEM768.Encapsulate(secret, c, wrong));
    }

    /// <summary>FIPS 203, 7.2: each of the 768 coefficients of a key is 12 bits, and less than 3,329.</summary>
    [Theory]
    [InlineData(3329)]
    [InlineData(4095)]
    public void X_wing_does_not_seal_to_a_key_with_a_coefficient_that_is_not_reduced(int value)
    {
        byte[] pk = new byte[XWing.PublicKeySize], sk = new byte[XWing.PrivateKeySize], enc = new byte[XWing.CiphertextSize], secret = new byte[XWing.SharedSecretSize];
        XWing.GenerateKeyPair(pk, sk);
        XWing.Encapsulate(secret, enc, pk);
        for (var index = 0; index < 768; index++)
        {
            byte[] wrong = [.. pk];
            var (at, isSecond) = (index / 2 * 3, index % 2 == 1);
            wrong[at + 1] = isSecond ? (byte)((wrong[at + 1] & 0x0F) | ((value & 0x0F) << 4)) : (byte)((wrong[at + 1] & 0xF0) | (value >> 8));
            wrong[isSecond ? at + 2 : at] = (byte)(isSecond ? value >> 4 : value);
            Assert.Throws<CryptographicException>(() => XWing.Encapsulate(secret, enc, wrong));
        }
    }

    [Fact]
    public void Takes_keys_and_ciphertexts_of_their_length_alone()
    {
        byte[] ek = new byte[MLKEM768.PublicKeySize], dk = new byte[MLKEM768.PrivateKeySize], c = new byte[MLKEM768.CiphertextSize], secret = new byte[MLKEM768.SharedSecretSize];
        MLKEM768.GenerateKeyPair(ek, dk);
        MLKEM768.Encapsulate(secret, c, ek);
        foreach (var change in (int[])[-1, 1])
        {
            Assert.ThrowsAny<ArgumentException>(() => MLKEM768.Encapsulate(secret, c, Resized(ek, change)));
            Assert.ThrowsAny<ArgumentException>(() => MLKEM768.Decapsulate(secret, Resized(c, change), dk));
            Assert.ThrowsAny<ArgumentException>(() => MLKEM768.Decapsulate(secret, c, Resized(dk, change)));
        }
    }

    private static byte[] PrivateKey(JsonElement vector) => [.. Bytes(vector, "dk_pke"), .. Bytes(vector, "ek"), .. Bytes(vector, "ek_hash"), .. new byte[32]];

    private static byte[] Changed(byte[] key, JsonElement test)
    {
        Bytes(test, "bytes").CopyTo(key, test.GetProperty("at").GetInt32());
        return key;
    }

    private static byte[] Resized(byte[] bytes, int change) => [.. bytes.Take(bytes.Length + change), .. new byte[Math.Max(change, 0)]];
}

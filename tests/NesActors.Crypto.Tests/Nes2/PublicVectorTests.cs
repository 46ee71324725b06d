using System.Security.Cryptography;
using System.Text.Json;
using Geralt;
using NesActors.Crypto.Nes2.Frames;
using static NesActors.Crypto.Tests.Nes2.PublicVectors;
using ChaCha20Poly1305 = Geralt.ChaCha20Poly1305;

namespace NesActors.Crypto.Tests.Nes2;

/// <summary>
/// What the libraries compute, and the key schedule that is composed of it, against numbers that others published (tests/Vectors/public, each with its source). The library does not let the
/// randomness of an encapsulation be chosen: encapsulating is tested by what decapsulates.
/// </summary>
public sealed class PublicVectorTests
{
    [Fact]
    public void X_wing_decapsulates_as_the_draft_says()
    {
        var vector = Read("x-wing.json");

        Check(vector, "ct", "ss", "pk_begins", "pk_ends");
    }

    [Fact]
    public void Hpke_with_x_wing_opens_what_the_draft_for_post_quantum_hpke_sealed()
    {
        var vector = Read("hpke-x-wing.json");
        Check(vector, "enc", "shared_secret", null, "pk_ends");
        Span<byte> key = stackalloc byte[32], nonce = stackalloc byte[12];

        Hpke.KeySchedule(Bytes(vector, "shared_secret"), Bytes(vector, "info"), key, nonce);
        var plaintext = new byte[Bytes(vector, "pt").Length];
        ChaCha20Poly1305.Decrypt(plaintext, Bytes(vector, "ct"), nonce, key, Bytes(vector, "aad"));

        Assert.Equal(Bytes(vector, "key"), key.ToArray());
        Assert.Equal(Bytes(vector, "nonce"), nonce.ToArray());
        Assert.Equal(Bytes(vector, "pt"), plaintext);
    }

    /// <summary>The whole of the base mode: the same key schedule behind another KEM, which the RFC has vectors for.</summary>
    [Fact]
    public void The_key_schedule_opens_what_rfc_9180_sealed_in_base_mode()
    {
        var vector = Read("hpke-rfc9180.json");
        byte[] dh = new byte[32], pk = new byte[32], plaintext = new byte[Bytes(vector, "pt").Length];
        Span<byte> key = stackalloc byte[32], nonce = stackalloc byte[12];

        X25519.ComputeSharedSecret(dh, Bytes(vector, "sk"), Bytes(vector, "enc"));
        X25519.ComputePublicKey(pk, Bytes(vector, "sk"));
        var secret = DhkemX25519(dh, [.. Bytes(vector, "enc"), .. pk]);
        Hpke.KeySchedule([.. "HPKE"u8, 0x00, 0x20, 0x00, 0x01, 0x00, 0x03], secret, Bytes(vector, "info"), key, nonce);
        ChaCha20Poly1305.Decrypt(plaintext, Bytes(vector, "ct"), nonce, key, Bytes(vector, "aad"));

        Assert.Equal(Bytes(vector, "pk"), pk);
        Assert.Equal(Bytes(vector, "shared_secret"), secret);
        Assert.Equal(Bytes(vector, "key"), key.ToArray());
        Assert.Equal(Bytes(vector, "nonce"), nonce.ToArray());
        Assert.Equal(Bytes(vector, "pt"), plaintext);
    }

    [Fact]
    public void Ed25519_refuses_what_wycheproof_says_is_invalid()
    {
        var vector = Read("ed25519.json");
        foreach (var test in vector.GetProperty("invalid").EnumerateArray()) Assert.False(Verifies(test, vector), $"tcId {test.GetProperty("id")} was accepted.");
    }

    [Fact]
    public void Ed25519_accepts_what_wycheproof_says_is_valid()
    {
        var vector = Read("ed25519.json");
        foreach (var test in vector.GetProperty("valid").EnumerateArray()) Assert.True(Verifies(test, vector), $"tcId {test.GetProperty("id")} was refused.");
    }

    /// <summary>RFC 8032, 7.1, tests 1 and 2.</summary>
    [Theory]
    [InlineData("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    public void Ed25519_signs_as_rfc_8032_says(string seed, string publicKey, string message, string signature)
    {
        byte[] pk = new byte[32], sk = new byte[64], made = new byte[64];
        Ed25519.GenerateKeyPair(pk, sk, Hex(seed));
        Ed25519.Sign(made, Hex(message), sk);

        Assert.Equal((publicKey, signature), (Convert.ToHexStringLower(pk), Convert.ToHexStringLower(made)));
        Assert.True(Ed25519.Verify(made, Hex(message), pk));
    }

    [Fact]
    public void X25519_agrees_with_wycheproof()
    {
        foreach (var test in Read("x25519.json").GetProperty("tests").EnumerateArray())
        {
            var shared = new byte[32];
            X25519.ComputeSharedSecret(shared, Bytes(test, "private"), Bytes(test, "public"));
            Assert.Equal(Bytes(test, "shared"), shared);
        }
    }

    [Fact]
    public void X25519_refuses_every_point_of_low_order_that_wycheproof_has()
    {
        var vector = Read("x25519.json").GetProperty("low_order");
        foreach (var test in vector.GetProperty("tests").EnumerateArray())
            Assert.Throws<CryptographicException>(() => X25519.ComputeSharedSecret(new byte[32], Own(test, vector, "private"), Bytes(test, "public")));
    }

    [Fact]
    public void Chacha20_poly1305_agrees_with_wycheproof_and_refuses_every_changed_tag()
    {
        foreach (var test in Read("chacha20-poly1305.json").GetProperty("tests").EnumerateArray())
        {
            byte[] expected = [.. Bytes(test, "ct"), .. Bytes(test, "tag")];
            var made = new byte[expected.Length];
            ChaCha20Poly1305.Encrypt(made, Bytes(test, "msg"), Bytes(test, "iv"), Bytes(test, "key"), Bytes(test, "aad"));
            Assert.Equal(expected, made);
            for (var bit = 0; bit < ChaCha20Poly1305.TagSize * 8; bit++)
            {
                byte[] changed = [.. expected];
                changed[changed.Length - 1 - (bit / 8)] ^= (byte)(1 << (bit % 8));
                Assert.Throws<CryptographicException>(() => ChaCha20Poly1305.Decrypt(new byte[Bytes(test, "msg").Length], changed, Bytes(test, "iv"), Bytes(test, "key"), Bytes(test, "aad")));
            }
        }
    }

    [Fact]
    public void Chacha20_poly1305_refuses_what_wycheproof_says_is_invalid()
    {
        foreach (var test in Read("chacha20-poly1305.json").GetProperty("invalid").EnumerateArray())
        {
            byte[] sealedBytes = [.. Bytes(test, "ct"), .. Bytes(test, "tag")];
            // Another nonce than one of 12 bytes, and what is shorter than a tag, are no arguments; the others are what somebody changed.
            Assert.ThrowsAny<Exception>(() => ChaCha20Poly1305.Decrypt(new byte[Bytes(test, "msg").Length], sealedBytes, Bytes(test, "iv"), Bytes(test, "key"), Bytes(test, "aad")));
        }
    }

    [Fact]
    public void What_is_encapsulated_is_decapsulated()
    {
        byte[] pk = new byte[XWing.PublicKeySize], sk = new byte[XWing.PrivateKeySize], enc = new byte[XWing.CiphertextSize], sent = new byte[32], received = new byte[32];
        XWing.GenerateKeyPair(pk, sk);
        XWing.Encapsulate(sent, enc, pk);
        XWing.Decapsulate(received, enc, sk);

        Assert.Equal(sent, received);
    }

    /// <summary>ExtractAndExpand of RFC 9180, 4.1, for the KEM 0x0020.</summary>
    private static byte[] DhkemX25519(byte[] dh, byte[] context)
    {
        byte[] label = [.. "HPKE-v1KEM"u8, 0x00, 0x20];
        var prk = HKDF.Extract(HashAlgorithmName.SHA256, [.. label, .. "eae_prk"u8, .. dh], []);
        return HKDF.Expand(HashAlgorithmName.SHA256, prk, 32, [0x00, 0x20, .. label, .. "shared_secret"u8, .. context]);
    }

    private static void Check(JsonElement vector, string encapsulation, string sharedSecret, string? begins, string ends)
    {
        byte[] pk = new byte[XWing.PublicKeySize], sk = new byte[XWing.PrivateKeySize], secret = new byte[XWing.SharedSecretSize];
        XWing.GenerateKeyPair(pk, sk, Bytes(vector, "sk"));
        XWing.Decapsulate(secret, Bytes(vector, encapsulation), sk);

        Assert.True(pk.AsSpan().EndsWith(Bytes(vector, ends)) && (begins is null || pk.AsSpan().StartsWith(Bytes(vector, begins))));
        Assert.Equal(Bytes(vector, sharedSecret), secret);
    }

    /// <summary>A signature of another length is none: the library takes it for a mistake of its caller.</summary>
    private static bool Verifies(JsonElement test, JsonElement all)
    {
        var signature = Bytes(test, "sig");
        if (signature.Length == Ed25519.SignatureSize) return Ed25519.Verify(signature, Bytes(test, "msg"), Own(test, all, "pk"));
        Assert.ThrowsAny<ArgumentException>(() => Ed25519.Verify(signature, Bytes(test, "msg"), Own(test, all, "pk")));
        return false;
    }

    /// <summary>What a test has of its own, or shares with the others.</summary>
    private static byte[] Own(JsonElement test, JsonElement all, string name) => Bytes(test.TryGetProperty(name, out _) ? test : all, name);
}

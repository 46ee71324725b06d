using System.Security.Cryptography;
using System.Text;
using CsCheck;
using NesActors.Rsa;
using NesActors.Testing.Vectors;

namespace NesActors.Crypto.Tests.Rsa;

/// <summary>What keys do, with the keys of the vectors: RSA 2048, 3072 and 4096.</summary>
public abstract class RsaOperationTests(EngineName engine)
{
    private static readonly byte[] Data = "what is signed"u8.ToArray();
    private readonly RsaPrivateKey _key = RsaPrivateKey.FromPem(Encoding.ASCII.GetBytes(VectorUser.Amy.PrivateMessagePem), engine.Get());

    [Fact]
    public void Every_engine_understands_every_other()
    {
        foreach (var other in Enum.GetValues<EngineName>())
        {
            foreach (var user in VectorUser.All)
            {
                using var key = RsaPrivateKey.FromPem(Encoding.ASCII.GetBytes(user.PrivateMessagePem), engine.Get());
                using var publicKey = RsaPublicKey.FromPem(user.PublicMessagePem, other.Get());
                var secret = RandomNumberGenerator.GetBytes(48);
                var decrypted = new byte[48];

                Assert.Equal(-1, key.DecryptPkcs1(publicKey.Encrypt(secret), decrypted));
                Assert.Equal(secret, decrypted);
                Assert.True(publicKey.VerifyPss(Data, key.SignPss(Data)));
            }
        }
    }

    [Fact]
    public void A_signature_has_the_longest_salt_that_fits()
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(VectorUser.Amy.PublicMessagePem);

        // .NET verifies a salt of 32 bytes and no other.
        Assert.False(rsa.VerifyData(Data, _key.SignPss(Data), HashAlgorithmName.SHA256, RSASignaturePadding.Pss));
        Assert.Equal(222, Pss.SaltLength(_key, Data));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(32)]
    [InlineData(221)]
    [InlineData(222)]
    public void A_salt_of_any_length_verifies(int length) => Assert.True(_key.PublicKey.VerifyPss(Data, Pss.Sign(Data, length)));

    [Fact]
    public void A_changed_signature_or_other_data_does_not_verify()
    {
        var signature = _key.SignPss(Data);
        Assert.False(_key.PublicKey.VerifyPss([], signature));
        for (var i = 0; i < signature.Length; i += 5)
        {
            byte[] changed = [.. signature];
            changed[i] ^= 0x10;
            Assert.False(_key.PublicKey.VerifyPss(Data, changed));
        }
    }

    [Fact]
    public void No_signature_throws()
    {
        var length = 256;
        foreach (var filler in (byte[])[0, 1, 0x7f, 0xff]) Assert.False(_key.PublicKey.VerifyPss(Data, Enumerable.Repeat(filler, length).ToArray()));
        byte[] one = [.. new byte[255], 1];
        Assert.False(_key.PublicKey.VerifyPss(Data, one));
        Gen.Byte.Array[0, 300].Sample(bytes => !_key.PublicKey.VerifyPss(Data, bytes), iter: 300);
        Gen.Byte.Array[256].Sample(bytes => !_key.PublicKey.VerifyPss(Data, bytes), iter: 300);
    }

    [Theory]
    [InlineData(47)]
    [InlineData(49)]
    [InlineData(32)]
    [InlineData(0)]
    [InlineData(245)]
    public void A_secret_of_another_length_is_replaced_by_a_random_one(int length)
    {
        var secret = RandomNumberGenerator.GetBytes(length);
        var ciphertext = _key.PublicKey.Encrypt(secret);
        byte[] first = new byte[48], second = new byte[48];

        Assert.Equal(0, _key.DecryptPkcs1(ciphertext, first));
        Assert.Equal(0, _key.DecryptPkcs1(ciphertext, second));

        Assert.NotEqual(first, second);
        Assert.False(secret.AsSpan().StartsWith(first.AsSpan(0, 8)));
    }

    [Fact]
    public void What_is_no_ciphertext_gives_a_random_secret()
    {
        byte[][] hostile =
        [
            [], new byte[1], new byte[255], new byte[256], new byte[257], [.. new byte[255], 1],
            .. ((byte[])[1, 0x7f, 0xff]).Select(filler => Enumerable.Repeat(filler, 256).ToArray()),
        ];
        foreach (var ciphertext in hostile)
        {
            byte[] first = new byte[48], second = new byte[48];
            Assert.Equal(0, _key.DecryptPkcs1(ciphertext, first));
            Assert.Equal(0, _key.DecryptPkcs1(ciphertext, second));
            Assert.NotEqual(first, second);
        }
    }

    [Fact]
    public void Too_long_a_secret_is_a_mistake()
    {
        Assert.Throws<ArgumentException>(() => _key.PublicKey.Encrypt(new byte[246]));
        Assert.Throws<ArgumentException>(() => _key.DecryptPkcs1(new byte[256], new byte[246]));
    }

    [Fact]
    public async Task One_key_serves_many_threads()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10; i++)
            {
                var secret = RandomNumberGenerator.GetBytes(48);
                var decrypted = new byte[48];
                Assert.Equal(-1, _key.DecryptPkcs1(_key.PublicKey.Encrypt(secret), decrypted));
                Assert.Equal(secret, decrypted);
                Assert.True(_key.PublicKey.VerifyPss(secret, _key.SignPss(secret)));
            }
        })));
    }
}

public sealed class OpenSslRsaOperationTests() : RsaOperationTests(EngineName.OpenSsl);

public sealed class ManagedRsaOperationTests() : RsaOperationTests(EngineName.Managed);

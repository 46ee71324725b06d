using System.Security.Cryptography;
using System.Text;
using NesActors.Rsa;
using NesActors.Testing.Vectors;

namespace NesActors.Crypto.Tests.Rsa;

/// <summary>Which keys are read, and that all others are refused with a reason.</summary>
public abstract class RsaKeyTests(EngineName engine)
{
    public static TheoryData<string, string> BadPublicKeys => new()
    {
        { "", "no key in PEM" },
        { "garbage", "no key in PEM" },
        { "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----", "no RSA public key" },
        { "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "no RSA public key" },
        { new string('A', 100_000), "Too long" },
        { VectorUser.Amy.PublicMessagePem + "trailing", "more than one key" },
        { "leading" + VectorUser.Amy.PublicMessagePem, "no key in PEM" },
        { "leading\n" + VectorUser.Amy.PublicMessagePem, "more than one key" },
        { VectorUser.Amy.PublicMessagePem + VectorUser.Ben.PublicMessagePem, "more than one key" },
        { VectorUser.Amy.PrivateMessagePem, "\"RSA PRIVATE KEY\" where \"PUBLIC KEY\" is expected" },
        { VectorUser.Amy.PublicMessagePem.Replace("PUBLIC", "RSA PUBLIC", StringComparison.Ordinal), "\"RSA PUBLIC KEY\" where" },
        { TestKeys.PublicPem(new byte[64], 65537), "no RSA public key" },
        { TestKeys.PublicPem(TestKeys.Modulus(512), 65537), "of 512 bits" },
        { TestKeys.PublicPem(TestKeys.Modulus(2040), 65537), "of 2040 bits" },
        { TestKeys.PublicPem(TestKeys.Modulus(8200), 65537), "of 8200 bits" },
        { TestKeys.PublicPem(TestKeys.EvenModulus(2048), 65537), "is even" },
        { TestKeys.PublicPem(TestKeys.Modulus(2048), 1), "no RSA public key" },
        { TestKeys.PublicPem(TestKeys.Modulus(2048), 3), "exponent of the RSA key is 3;" },
        { TestKeys.PublicPem(TestKeys.Modulus(2048), 65536), "no RSA public key" },
        { TestKeys.PublicPem(TestKeys.Modulus(2048), 0x80000001), "longer than 31 bits" },
        { TestKeys.PublicPem(TestKeys.Modulus(2048), 0x100000001), "longer than 31 bits" },
        { TestKeys.EllipticPublicPem(), "no RSA public key" },
        { TestKeys.PublicPemWithTrailingBytes(), "bytes left over" },
    };

    [Theory]
    [MemberData(nameof(BadPublicKeys))]
    public void A_bad_public_key_is_refused_with_a_reason(string pem, string reason)
    {
        var thrown = Assert.ThrowsAny<CryptographicException>(() => RsaPublicKey.FromPem(pem, engine.Get()));

        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n\n{0}\n\n")]
    [InlineData("  {0}\t\r\n")]
    public void White_space_around_a_key_is_no_matter(string form)
    {
        using var key = RsaPublicKey.FromPem(string.Format(null, form, VectorUser.Amy.PublicMessagePem), engine.Get());

        Assert.Equal((2048, VectorUser.Amy.PublicMessagePem), (key.SizeInBits, key.ToPem()));
    }

    [Fact]
    public void A_key_with_the_line_breaks_of_windows_is_the_same_key()
    {
        using var key = RsaPublicKey.FromPem(VectorUser.Amy.PublicMessagePem.ReplaceLineEndings("\r\n"), engine.Get());

        Assert.Equal(VectorUser.Amy.PublicMessagePem, key.ToPem());
    }

    [Fact]
    public void The_keys_of_the_original_are_read_and_written_byte_for_byte()
    {
        foreach (var user in VectorUser.All)
        {
            using var key = RsaPrivateKey.FromPem(Encoding.ASCII.GetBytes(user.PrivateSignPem), engine.Get());

            Assert.Equal(user.PrivateSignPem, Encoding.ASCII.GetString(key.ExportPkcs1Pem()));
            Assert.Equal(user.PublicSignPem, key.PublicKey.ToPem());
        }
    }

    [Fact]
    public void A_private_key_in_pkcs8_is_read_too()
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(VectorUser.Amy.PrivateSignPem);

        using var key = RsaPrivateKey.FromPem(Encoding.ASCII.GetBytes(rsa.ExportPkcs8PrivateKeyPem()), engine.Get());

        Assert.Equal(VectorUser.Amy.PublicSignPem, key.PublicKey.ToPem());
    }

    [Fact]
    public void A_bad_private_key_is_refused_with_a_reason()
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(VectorUser.Amy.PrivateSignPem);
        using var small = RSA.Create(1024);
        using var elliptic = ECDsa.Create();
        (string Pem, string Reason)[] bad =
        [
            ("", "no key in PEM"),
            (VectorUser.Amy.PublicSignPem, "no RSA private key"),
            (VectorUser.Amy.PrivateSignPem + "x", "more than one key"),
            (small.ExportRSAPrivateKeyPem(), "of 1024 bits"),
            (elliptic.ExportPkcs8PrivateKeyPem(), "no RSA private key"),
            (elliptic.ExportECPrivateKeyPem(), "no RSA private key"),
            (rsa.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)), "encrypted with a passphrase"),
        ];
        foreach (var (pem, reason) in bad)
        {
            var thrown = Assert.ThrowsAny<CryptographicException>(() => RsaPrivateKey.FromPem(Encoding.ASCII.GetBytes(pem), engine.Get()));
            Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_private_key_with_any_changed_number_is_refused()
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(VectorUser.Amy.PrivateSignPem);
        var der = rsa.ExportRSAPrivateKey();
        foreach (var position in Enumerable.Range(1, 16).Select(i => i * der.Length / 17))
        {
            byte[] damaged = [.. der];
            damaged[position] ^= 4;
            var pem = PemEncoding.WriteString("RSA PRIVATE KEY", damaged);
            Assert.ThrowsAny<CryptographicException>(() => RsaPrivateKey.FromPem(Encoding.ASCII.GetBytes(pem), engine.Get()));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1024)]
    [InlineData(2047)]
    [InlineData(2049)]
    [InlineData(8193)]
    [InlineData(16384)]
    public void A_key_of_another_size_is_not_made(int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RsaPrivateKey.Generate(size, engine.Get()));
}

public sealed class OpenSslRsaKeyTests() : RsaKeyTests(EngineName.OpenSsl);

public sealed class ManagedRsaKeyTests() : RsaKeyTests(EngineName.Managed);

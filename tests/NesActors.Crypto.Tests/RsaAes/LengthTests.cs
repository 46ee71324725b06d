using System.Text.Json;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.RsaAes;
using NesActors.Testing.Vectors;

namespace NesActors.Crypto.Tests.RsaAes;

/// <summary>How long a text is shows only in steps.</summary>
public sealed class LengthTests : IDisposable
{
    private readonly ILocalIdentity _amy;
    private readonly IPeerIdentity _ben;

    public LengthTests()
    {
        var suite = new RsaAesSuite();
        _amy = suite.LoadIdentity(VectorUser.Amy.Username, VectorUser.Amy.KeyStore(), TimeProvider.System);
        _ben = suite.ReadPeer(VectorUser.Ben.PublicRecord);
    }

    public void Dispose()
    {
        _amy.Dispose();
        _ben.Dispose();
    }

    [Fact]
    public void Every_ciphertext_has_the_length_of_a_bucket()
    {
        for (var length = 0; length <= 9_000; length += length < 600 ? 1 : 97)
        {
            var ciphertext = CiphertextLength(Compose(new string('x', length)));
            Assert.True(ciphertext is 256 or 512 or 1024 or 2048 || ciphertext % 4096 == 0, $"{length} characters became {ciphertext} bytes.");
        }
    }

    [Fact]
    public void Texts_of_one_bucket_make_frames_of_one_length()
    {
        var lengths = new[] { "a", "yes", "a sentence of some length, as people write them" }.Select(text => _amy.Seal(Compose(text), _ben).Bytes.Length);

        Assert.Single(lengths.Distinct());
    }

    [Fact]
    public void The_filler_is_the_last_field_under_a_name_that_the_original_does_not_know()
    {
        using var json = JsonDocument.Parse(Compose("hello"));

        Assert.Equal("pad", json.RootElement.EnumerateObject().Last().Name);
        Assert.Matches("^0*$", json.RootElement.GetProperty("pad").GetString());
    }

    private byte[] Compose(string text) => _amy.Compose(new Message(_amy.User, _ben.User, FrameVectors.Now, text));

    private static int CiphertextLength(byte[] plaintext) => Envelope.Encrypt(new byte[Envelope.SecretLength], plaintext).Length;
}

using System.Security.Cryptography;
using NesActors.Rsa;

namespace NesActors.Crypto.Tests.Rsa;

/// <summary>The decoding without branches, beside the same said plainly.</summary>
public sealed class Pkcs1PaddingTests
{
    private const int Length = 256;
    private const int SecretLength = 48;

    [Fact]
    public void Agrees_with_the_plain_way_wherever_one_byte_is_changed()
    {
        var good = Encode();
        for (var i = 0; i < Length - SecretLength; i++)
        {
            foreach (var value in (byte[])[0, 1, 2, 3, 0x7f, 0x80, 0xff])
            {
                byte[] block = [.. good];
                block[i] = value;
                var secret = new byte[SecretLength];

                var mask = Pkcs1Padding.Decode(block, secret);

                Assert.Equal(IsGood(block) ? -1 : 0, mask);
                Assert.Equal(IsGood(block), secret.AsSpan().SequenceEqual(good.AsSpan(^SecretLength..)));
            }
        }
    }

    [Fact]
    public void Takes_a_good_block()
    {
        var good = Encode();
        var secret = new byte[SecretLength];

        Assert.Equal(-1, Pkcs1Padding.Decode(good, secret));
        Assert.Equal(good[^SecretLength..], secret);
    }

    private static byte[] Encode()
    {
        var block = new byte[Length];
        block.AsSpan().Fill(0x55);
        block[0] = 0;
        block[1] = 2;
        block[Length - SecretLength - 1] = 0;
        RandomNumberGenerator.Fill(block.AsSpan(^SecretLength..));
        return block;
    }

    private static bool IsGood(byte[] block) =>
        block[0] == 0 && block[1] == 2 && Array.IndexOf(block, (byte)0, 2) == Length - SecretLength - 1;
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NesActors.Directory.Storage;

namespace NesActors.Benchmarks.Directory;

/// <summary>
/// A user as a directory with an RSA-4096 key stores one with RSA-2048 keys: the sizes are real, keys and signatures are random bytes, hashes are of what they
/// should be of.
/// </summary>
internal sealed class SeedUser
{
    private const int SpkiBytes = 294;
    private const int SignatureBytes = 512;

    public SeedUser(int number, string directory, DateTimeOffset now, int statement, Random random)
    {
        Id = number + 1;
        Name = $"user{number:D7}";
        (MessageKey, MessageHash) = Key(random);
        (SignKey, SignHash) = Key(random);
        At = now.ToUnixTimeMilliseconds();
        Expires = now.AddHours(24).ToUnixTimeMilliseconds();
        Response = Encoding.ASCII.GetBytes(
            $$"""{"public_key_message":"{{Escape(MessageKey)}}","public_key_sign":"{{Escape(SignKey)}}","v":1,"dir":"{{directory}}","user":"{{Name}}","rev":1,"status":"active","since":{{At}}}""");
        byte[] served = statement == 0 ? Response : [.. Response[..^1], .. ",\"statements\":1,\"statement_nes2\":\""u8, .. Random64(random, statement / 4 * 3), .. "\"}"u8];
        ResponseHash = Convert.ToHexStringLower(SHA256.HashData(served));
        Packed = PackedAnswer.Pack([.. "{\"response\":"u8, .. served, .. ",\"signature\":\""u8, .. Random64(random, SignatureBytes), .. "=\""u8]);
        Fresh = [.. Encoding.ASCII.GetBytes($$"""{"hash":"{{ResponseHash}}","iat":{{At}},"exp":{{Expires}},"signature":" """.TrimEnd()), .. Random64(random, 64), .. "\"}"u8];
    }

    public long Id { get; }

    public string Name { get; }

    public string MessageKey { get; }

    public string SignKey { get; }

    public string MessageHash { get; }

    public string SignHash { get; }

    public long At { get; }

    public long Expires { get; }

    /// <summary>The record, without what the user published beside it.</summary>
    public byte[] Response { get; }

    public string ResponseHash { get; }

    public byte[] Packed { get; }

    public byte[] Fresh { get; }

    private static (string Pem, string Hash) Key(Random random)
    {
        var spki = new byte[SpkiBytes];
        random.NextBytes(spki);
        return (PemEncoding.WriteString("PUBLIC KEY", spki) + "\n", Convert.ToHexStringLower(SHA256.HashData(spki)));
    }

    private static string Escape(string pem) => JsonEncodedText.Encode(pem, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value;

    private static byte[] Random64(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return Base64Url.EncodeToUtf8(bytes);
    }
}

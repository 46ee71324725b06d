using System.Security.Cryptography;
using System.Text.Json;
using NesActors.Rsa;

namespace NesActors.Records;

/// <summary>What a directory says of itself at <c>GET /directory</c>, good for some days.</summary>
/// <param name="Directory">Its id: the hash of its first RSA key.</param>
/// <param name="Rev">How often its RSA key was changed.</param>
/// <param name="Key">The RSA key it has now, SPKI in PEM.</param>
/// <param name="FreshKey">Its Ed25519 key, 32 bytes.</param>
/// <param name="Issued">From when, to the millisecond.</param>
/// <param name="Expires">Until when.</param>
public sealed record DirectoryDocument(Digest Directory, int Rev, string Key, byte[] FreshKey, DateTimeOffset Issued, DateTimeOffset Expires)
{
    private const int Version = 1;

    /// <summary>The longest time that it may be good for.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(7);

    /// <summary>The bytes to sign.</summary>
    public byte[] ToJson() => RecordJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("v", Version);
        json.WriteString("dir", Directory.Hex);
        json.WriteNumber("rev", Rev);
        json.WriteString("key", Key);
        json.WriteString("fresh_key", RecordJson.Encode(FreshKey));
        json.WriteNumber("iat", Issued.ToUnixTimeMilliseconds());
        json.WriteNumber("exp", Expires.ToUnixTimeMilliseconds());
        json.WriteEndObject();
    });

    /// <returns>Null where the bytes are none of this kind.</returns>
    public static DirectoryDocument? TryRead(ReadOnlyMemory<byte> response) => StrictJson.TryRead(response, json =>
    {
        var document = new DirectoryDocument(
            RecordJson.Digest(json, "dir"),
            json.GetProperty("rev").GetInt32(),
            RecordJson.RequiredText(json, "key"),
            RecordJson.Bytes(json, "fresh_key"),
            RecordJson.Time(json, "iat"),
            RecordJson.Time(json, "exp"));
        return json.GetProperty("v").GetInt32() == Version && document.Rev >= 0 ? document : null;
    });
}

/// <summary>A change of a directory's RSA key, signed by the key before.</summary>
/// <param name="Directory">The directory's id.</param>
/// <param name="Rev">How many changes there were with this one, from 1.</param>
/// <param name="From">The hash of the key before.</param>
/// <param name="Key">The new key, SPKI in PEM.</param>
/// <param name="Since">When, to the millisecond.</param>
public sealed record KeyRotation(Digest Directory, int Rev, Digest From, string Key, DateTimeOffset Since)
{
    private const int Version = 1;

    /// <summary>The bytes to sign.</summary>
    public byte[] ToJson() => RecordJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("v", Version);
        json.WriteString("dir", Directory.Hex);
        json.WriteNumber("rev", Rev);
        json.WriteString("from", From.Hex);
        json.WriteString("key", Key);
        json.WriteNumber("since", Since.ToUnixTimeMilliseconds());
        json.WriteEndObject();
    });

    /// <summary>The hash of the new key.</summary>
    /// <returns>False where the text is no key.</returns>
    public bool TryHashKey(out Digest hash)
    {
        hash = default;
        try
        {
            using var key = RsaPublicKey.FromPem(Key);
            hash = Digest.Of(key);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <returns>Null where the bytes are none of this kind.</returns>
    public static KeyRotation? TryRead(ReadOnlyMemory<byte> response) => StrictJson.TryRead(response, json =>
    {
        var rotation = new KeyRotation(
            RecordJson.Digest(json, "dir"),
            json.GetProperty("rev").GetInt32(),
            RecordJson.Digest(json, "from"),
            RecordJson.RequiredText(json, "key"),
            RecordJson.Time(json, "since"));
        return json.GetProperty("v").GetInt32() == Version && rotation.Rev >= 1 ? rotation : null;
    });
}

/// <summary>Bytes, and an RSA signature over them.</summary>
/// <param name="Response">The bytes exactly as they stand in the answer.</param>
/// <param name="Signature">RSA-PSS over them.</param>
public sealed record SignedBytes(ReadOnlyMemory<byte> Response, byte[] Signature)
{
    /// <summary>Signs.</summary>
    public static SignedBytes Sign(RsaPrivateKey key, byte[] response) => new(response, key.SignPss(response));

    internal void WriteMembers(Utf8JsonWriter json)
    {
        json.WritePropertyName("response");
        json.WriteRawValue(Response.Span);
        json.WriteString("signature", RecordJson.EncodePadded(Signature));
    }

    internal static SignedBytes Read(JsonElement json) => new(StrictJson.Raw(json.GetProperty("response")), RecordJson.Bytes(json, "signature"));
}

/// <summary>The whole answer of <c>GET /directory</c>.</summary>
/// <param name="Document">The bytes of a <see cref="DirectoryDocument"/>, signed by the newest key.</param>
/// <param name="Rotations">The bytes of each <see cref="KeyRotation"/>, oldest first, each signed by the key before.</param>
public sealed record DirectoryAnswer(SignedBytes Document, IReadOnlyList<SignedBytes> Rotations)
{
    /// <summary>The answer.</summary>
    public byte[] ToJson() => RecordJson.Write(json =>
    {
        json.WriteStartObject();
        Document.WriteMembers(json);
        WriteRotations(json, Rotations);
        json.WriteEndObject();
    });

    /// <summary>Takes an answer apart; nothing of it is believed yet.</summary>
    /// <returns>Null where it is nothing of the kind.</returns>
    public static DirectoryAnswer? TryRead(ReadOnlyMemory<byte> body) =>
        StrictJson.TryRead(body, root => new DirectoryAnswer(SignedBytes.Read(root), ReadRotations(root)));

    internal static void WriteRotations(Utf8JsonWriter json, IReadOnlyList<SignedBytes> rotations)
    {
        json.WriteStartArray("rotations");
        foreach (var rotation in rotations)
        {
            json.WriteStartObject();
            rotation.WriteMembers(json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    internal static IReadOnlyList<SignedBytes> ReadRotations(JsonElement json) =>
        [.. json.GetProperty("rotations").EnumerateArray().Select(SignedBytes.Read)];
}

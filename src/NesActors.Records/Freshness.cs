using System.Text.Json;

namespace NesActors.Records;

/// <summary>A directory's word that a <c>response</c> is true from one time until another.</summary>
/// <param name="Response">The hash of the raw bytes of the response.</param>
/// <param name="Issued">From when, to the millisecond.</param>
/// <param name="Expires">Until when.</param>
/// <param name="Signature">Ed25519, 64 bytes.</param>
public sealed record Freshness(Digest Response, DateTimeOffset Issued, DateTimeOffset Expires, byte[] Signature)
{
    /// <summary>The longest time that a directory may vouch for.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromHours(24);

    /// <summary>Vouches for a response.</summary>
    public static Freshness Sign(FreshPrivateKey key, Digest directory, ReadOnlySpan<byte> response, DateTimeOffset now, TimeSpan lifetime) =>
        Sign(key, directory, Digest.Of(response), now, lifetime);

    /// <summary>Vouches for a response whose hash is known.</summary>
    public static Freshness Sign(FreshPrivateKey key, Digest directory, Digest response, DateTimeOffset now, TimeSpan lifetime)
    {
        var (issued, expires) = (Floor(now), Floor(now + lifetime));
        return new Freshness(response, issued, expires, key.Sign(Statements.Fresh(directory, response, issued, expires)));
    }

    /// <summary>Whether it is the directory's word about these bytes, whatever the time. A lifetime that is too long spoils it.</summary>
    public bool IsFor(ReadOnlySpan<byte> response, Digest directory, FreshPublicKey key) =>
        Response == Digest.Of(response)
        && Expires > Issued && Expires - Issued <= MaxLifetime
        && key.Verify(Statements.Fresh(directory, Response, Issued, Expires), Signature);

    /// <summary>Whether it holds at a time, for a clock that may be a little off.</summary>
    public bool Holds(DateTimeOffset now, TimeSpan clockSkew) => now + clockSkew >= Issued && now - clockSkew <= Expires;

    /// <summary>The value of <c>fresh</c>.</summary>
    public byte[] ToJson() => RecordJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("hash", Response.Hex);
        json.WriteNumber("iat", Issued.ToUnixTimeMilliseconds());
        json.WriteNumber("exp", Expires.ToUnixTimeMilliseconds());
        json.WriteString("signature", RecordJson.Encode(Signature));
        json.WriteEndObject();
    });

    internal static Freshness Read(JsonElement json) => new(
        RecordJson.Digest(json, "hash"), RecordJson.Time(json, "iat"), RecordJson.Time(json, "exp"), RecordJson.Bytes(json, "signature"));

    internal static DateTimeOffset Floor(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}

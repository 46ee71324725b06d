using System.Text.Json;
using NesActors.Contracts;

namespace NesActors.Records;

/// <summary>A directory's word that there is no such user.</summary>
/// <param name="Directory">The directory's id.</param>
/// <param name="User">Who is not there.</param>
/// <param name="Issued">From when, to the millisecond.</param>
/// <param name="Expires">Until when.</param>
/// <param name="Signature">Ed25519, 64 bytes.</param>
public sealed record Absence(Digest Directory, Username User, DateTimeOffset Issued, DateTimeOffset Expires, byte[] Signature)
{
    /// <summary>How long it holds.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Vouches for it.</summary>
    public static Absence Sign(FreshPrivateKey key, Digest directory, Username user, DateTimeOffset now)
    {
        var (issued, expires) = (Freshness.Floor(now), Freshness.Floor(now + Lifetime));
        return new Absence(directory, user, issued, expires, key.Sign(Statements.Absent(directory, user, issued, expires)));
    }

    /// <summary>Whether this is that directory's word about that user, good at a time for a clock that may be a little off.</summary>
    public bool Holds(Username user, Digest directory, FreshPublicKey key, DateTimeOffset now, TimeSpan clockSkew) =>
        User == user && Directory == directory
        && Expires > Issued && Expires - Issued <= Lifetime
        && now + clockSkew >= Issued && now - clockSkew <= Expires
        && IsSignedBy(key);

    /// <summary>Whether the owner of the key said so, whatever it says and of what time.</summary>
    public bool IsSignedBy(FreshPublicKey key) => key.Verify(Statements.Absent(Directory, User, Issued, Expires), Signature);

    /// <summary>The whole answer.</summary>
    public byte[] ToJson() => RecordJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("absent");
        json.WriteString("dir", Directory.Hex);
        json.WriteString("user", User.Value);
        json.WriteNumber("iat", Issued.ToUnixTimeMilliseconds());
        json.WriteNumber("exp", Expires.ToUnixTimeMilliseconds());
        json.WriteString("signature", RecordJson.Encode(Signature));
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <returns>Null where the answer is none of this kind.</returns>
    public static Absence? TryRead(ReadOnlyMemory<byte> body) => StrictJson.TryRead(body, root => Read(root.GetProperty("absent")));

    private static Absence Read(JsonElement json) => new(
        RecordJson.Digest(json, "dir"),
        RecordJson.User(json, "user"),
        RecordJson.Time(json, "iat"),
        RecordJson.Time(json, "exp"),
        RecordJson.Bytes(json, "signature"));
}

using System.Security.Cryptography;
using Geralt;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.Nes2.Frames;

namespace NesActors.Crypto.Nes2.Keys;

/// <summary>An X-Wing pair of limited life. Its entry: <c>0x01 | not-before i64 | expires i64 | seed[32] | public key[1216]</c>, times in milliseconds since 1970.</summary>
internal sealed class Prekey : IDisposable
{
    /// <summary>How long others may seal to it.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    /// <summary>After what time another takes its place.</summary>
    public static readonly TimeSpan Rotation = TimeSpan.FromDays(7);

    /// <summary>How long after its end it still opens what was under way.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(30);

    private const byte Version = 1;
    private const int SeedAt = 1 + 8 + 8;
    private const int EntryLength = SeedAt + XWing.SeedSize + XWing.PublicKeySize;

    private readonly KeyBytes _seed = new(XWing.SeedSize);

    private Prekey(DateTimeOffset notBefore, DateTimeOffset expires) => (NotBefore, Expires) = (notBefore, expires);

    public DateTimeOffset NotBefore { get; }

    public DateTimeOffset Expires { get; }

    public byte[] PublicKey { get; } = new byte[XWing.PublicKeySize];

    public ulong Kid { get; private set; }

    public ReadOnlySpan<byte> Seed => _seed.Span;

    public static Prekey Generate(DateTimeOffset now)
    {
        // To the millisecond, as it is written.
        var notBefore = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        var prekey = new Prekey(notBefore, notBefore + Lifetime);
        XWing.GenerateKeyPair(prekey.PublicKey, prekey._seed.Span);
        prekey.Kid = FrameLayout.KidOf(prekey.PublicKey);
        return prekey;
    }

    /// <returns><see langword="null"/> where there is none: no entry, or the zeros that an erasing left which was broken off.</returns>
    /// <exception cref="KeyException">It is damaged.</exception>
    public static Prekey? TryRead(IKeyStore keys, string entry)
    {
        if (keys.Read(entry) is not { } bytes) return null;
        try
        {
            if (bytes.Length > 0 && !bytes.AsSpan().ContainsAnyExcept((byte)0)) return null;
            if (bytes.Length != EntryLength || bytes[0] != Version) throw Damaged(entry);
            var reader = new ByteReader(bytes.AsSpan(1, SeedAt - 1));
            var prekey = new Prekey(reader.Time(), reader.Time());
            XWing.GenerateKeyPair(prekey.PublicKey, prekey._seed.Span, bytes.AsSpan(SeedAt, XWing.SeedSize));
            prekey.Kid = FrameLayout.KidOf(prekey.PublicKey);
            if (reader.IsDone && prekey.PublicKey.AsSpan().SequenceEqual(bytes.AsSpan(SeedAt + XWing.SeedSize))) return prekey;
            prekey.Dispose();
            throw Damaged(entry);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    public void Write(IKeyStore keys, string entry)
    {
        using var bytes = new KeyBytes(EntryLength);
        bytes.Span[0] = Version;
        new ByteWriter().Time(NotBefore).Time(Expires).Written.CopyTo(bytes.Span[1..]);
        _seed.Span.CopyTo(bytes.Span[SeedAt..]);
        PublicKey.CopyTo(bytes.Span[(SeedAt + XWing.SeedSize)..]);
        keys.Write(entry, bytes.Span, isSecret: true);
    }

    /// <summary>Whether it must be erased.</summary>
    public bool IsOver(DateTimeOffset now) => now - Expires >= Grace;

    public void Dispose() => _seed.Dispose();

    /// <summary>Nothing of the key.</summary>
    public override string ToString() => $"prekey {Kid:x16}";

    private static KeyException Damaged(string entry) => new($"The key {entry} is damaged.");
}

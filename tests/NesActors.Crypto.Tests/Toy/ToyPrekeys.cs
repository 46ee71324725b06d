using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using NesActors.Contracts.Crypto;

namespace NesActors.Crypto.Tests.Toy;

/// <summary>One prekey: an ECDH pair with a name and a time until which others may use it.</summary>
internal sealed record ToyPrekey(ulong Id, DateTimeOffset Until, byte[] Pkcs8)
{
    public byte[] PublicKey()
    {
        using var key = Open();
        return key.ExportSubjectPublicKeyInfo();
    }

    public ECDiffieHellman Open()
    {
        var key = ECDiffieHellman.Create();
        key.ImportPkcs8PrivateKey(Pkcs8, out _);
        return key;
    }

    public override string ToString() => $"prekey {Id:x16}";
}

/// <summary>The prekeys in a key store: made when there is none to use, erased a day after they expired (NOT FOR USE: a test fixture).</summary>
internal sealed class ToyPrekeys(IKeyStore keys, TimeProvider clock)
{
    private const string ListEntry = "toy-prekeys";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);
    private readonly Lock _changing = new();

    public ToyPrekey Current()
    {
        lock (_changing)
        {
            EraseExpired();
            return Ids().Select(Read).OfType<ToyPrekey>().FirstOrDefault(prekey => prekey.Until > clock.GetUtcNow()) ?? Make();
        }
    }

    public ToyPrekey? Find(ulong id)
    {
        lock (_changing)
        {
            EraseExpired();
            return Read(id);
        }
    }

    private static string Entry(ulong id) => $"toy-prekey.{id:x16}";

    private ToyPrekey Make()
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var id = BinaryPrimitives.ReadUInt64BigEndian(RandomNumberGenerator.GetBytes(8));
        var prekey = new ToyPrekey(id, DateTimeOffset.FromUnixTimeMilliseconds((clock.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds()), key.ExportPkcs8PrivateKey());
        var content = new byte[8 + prekey.Pkcs8.Length];
        BinaryPrimitives.WriteInt64BigEndian(content, prekey.Until.ToUnixTimeMilliseconds());
        prekey.Pkcs8.CopyTo(content, 8);
        keys.Write(Entry(id), content, isSecret: true);
        WriteIds([.. Ids(), id]);
        return prekey;
    }

    private ToyPrekey? Read(ulong id)
    {
        var content = keys.Read(Entry(id));
        return content is null
            ? null
            : new ToyPrekey(id, DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(content)), content[8..]);
    }

    private void EraseExpired()
    {
        var expired = Ids().Where(id => Read(id) is { } prekey && prekey.Until + Grace <= clock.GetUtcNow()).ToArray();
        foreach (var id in expired) keys.Erase(Entry(id));
        if (expired.Length > 0) WriteIds(Ids().Except(expired));
    }

    private ulong[] Ids() =>
        System.Text.Encoding.ASCII.GetString(keys.Read(ListEntry) ?? []).Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => ulong.Parse(id, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();

    private void WriteIds(IEnumerable<ulong> ids) =>
        keys.Write(ListEntry, System.Text.Encoding.ASCII.GetBytes(string.Join(',', ids.Select(id => $"{id:x16}"))), isSecret: false);
}

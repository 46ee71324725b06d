using System.Security.Cryptography;
using System.Text;

namespace NesActors.Directory.Limits;

/// <summary>How often mail may go to one address. It remembers addresses by a hash under a key that never leaves this process.</summary>
internal sealed class MailLimit(Rate rate, TimeProvider clock)
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly RateTable<UInt128> _table = new(rate, clock);

    public bool TryTake(string address, out TimeSpan retryAfter)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(address.ToLowerInvariant()), hash);
        return _table.TryTake(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash), out retryAfter);
    }
}

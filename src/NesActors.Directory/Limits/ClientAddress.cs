using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace NesActors.Directory.Limits;

/// <summary>What stands for one client: an IPv4 address, or the first 64 bits of an IPv6 one, of which a single household has all the rest.</summary>
internal readonly record struct ClientAddress
{
    private readonly ulong _bits;
    private readonly bool _isV6;

    private ClientAddress(ulong bits, bool isV6) => (_bits, _isV6) = (bits, isV6);

    /// <param name="address">Null where a client has none, as on a socket of the file system: they all count as one.</param>
    public static ClientAddress Of(IPAddress? address)
    {
        if (address is null) return default;
        Span<byte> bytes = stackalloc byte[16];
        if (!address.TryWriteBytes(bytes, out _)) return default;
        if (address.AddressFamily == AddressFamily.InterNetwork) return new ClientAddress(BinaryPrimitives.ReadUInt32BigEndian(bytes), isV6: false);
        // A dual-stack socket shows an IPv4 client this way.
        return address.IsIPv4MappedToIPv6
            ? new ClientAddress(BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]), isV6: false)
            : new ClientAddress(BinaryPrimitives.ReadUInt64BigEndian(bytes), isV6: true);
    }
}

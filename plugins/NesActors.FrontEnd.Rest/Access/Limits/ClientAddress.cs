using System.Buffers.Binary;
using System.Net;

namespace NesActors.FrontEnd.Rest.Access.Limits;

/// <summary>What stands for one client of the network: an IPv4 address, or the first 64 bits of an IPv6 one, of which a household has all the rest.</summary>
internal readonly record struct ClientAddress(ulong High, uint Low)
{
    /// <param name="address"><see langword="null"/> where a client has none: they all count as one.</param>
    public static ClientAddress Of(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address is null || !address.MapToIPv6().TryWriteBytes(bytes, out _)) return default;
        var isV4 = address.IsIPv4MappedToIPv6 || address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork;
        return new ClientAddress(BinaryPrimitives.ReadUInt64BigEndian(bytes), isV4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]) : 0);
    }
}

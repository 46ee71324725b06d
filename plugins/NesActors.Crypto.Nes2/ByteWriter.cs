using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace NesActors.Crypto.Nes2;

/// <summary>Writes the forms that the protocol is made of: numbers big-endian, <c>lp(x)</c> as two bytes of length and then x.</summary>
internal sealed class ByteWriter(int capacity = 256)
{
    private readonly ArrayBufferWriter<byte> _buffer = new(capacity);

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public ByteWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        _buffer.Write(bytes);
        return this;
    }

    public ByteWriter U8(byte number) => Bytes([number]);

    public ByteWriter U16(int number)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.GetSpan(2), checked((ushort)number));
        _buffer.Advance(2);
        return this;
    }

    public ByteWriter U32(int number)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.GetSpan(4), checked((uint)number));
        _buffer.Advance(4);
        return this;
    }

    public ByteWriter I64(long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(_buffer.GetSpan(8), number);
        _buffer.Advance(8);
        return this;
    }

    public ByteWriter Time(DateTimeOffset time) => I64(time.ToUnixTimeMilliseconds());

    public ByteWriter Lp(ReadOnlySpan<byte> bytes) => U16(bytes.Length).Bytes(bytes);

    public ByteWriter Lp(string ascii) => Lp(Encoding.ASCII.GetBytes(ascii));

    public byte[] ToArray() => Written.ToArray();
}

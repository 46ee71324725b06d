using System.Buffers.Binary;
using System.Text;

namespace NesActors.Crypto.Nes2;

/// <summary>
/// Reads what <see cref="ByteWriter"/> writes, from hostile bytes: where something is missing it fails for good and gives zeros, so that the outcome is looked at once, at the end.
/// </summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _all = bytes;
    private ReadOnlySpan<byte> _rest = bytes;
    private bool _failed;

    /// <summary>Whether everything was there, and nothing is left.</summary>
    public readonly bool IsDone => !_failed && _rest.IsEmpty;

    public readonly bool IsEmpty => _rest.IsEmpty;

    /// <summary>What was read so far.</summary>
    public readonly ReadOnlySpan<byte> Before => _all[..^_rest.Length];

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            _failed = true;
            _rest = [];
            return [];
        }
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    public byte U8() => Take(1) is [var number] ? number : (byte)0;

    public int U16() => Take(2) is { Length: 2 } taken ? BinaryPrimitives.ReadUInt16BigEndian(taken) : 0;

    public uint U32() => Take(4) is { Length: 4 } taken ? BinaryPrimitives.ReadUInt32BigEndian(taken) : 0;

    public long I64() => Take(8) is { Length: 8 } taken ? BinaryPrimitives.ReadInt64BigEndian(taken) : 0;

    /// <summary>A number that is not negative.</summary>
    public long Count()
    {
        var number = I64();
        if (number < 0) _failed = true;
        return number;
    }

    /// <summary>Milliseconds since 1970 within the years 1 to 9999.</summary>
    public DateTimeOffset Time()
    {
        var milliseconds = I64();
        if (milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()) return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        _failed = true;
        return default;
    }

    public ReadOnlySpan<byte> Lp() => Take(U16());

    /// <summary>A short text of printable ASCII: one character at least.</summary>
    public string LpAscii(int longest)
    {
        var text = Lp();
        if (!text.IsEmpty && text.Length <= longest && !text.ContainsAnyExceptInRange((byte)0x21, (byte)0x7e)) return Encoding.ASCII.GetString(text);
        _failed = true;
        return "";
    }
}
